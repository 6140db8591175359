import type { Mutant } from "./mutant.ts";

/** Shorter than any heartbeat that is promised in a second. */
const patienceMs = 300;

export const givesUpUnansweredPings: Mutant = {
  name: "gives-up-unanswered-pings",
  description: "Gives a client up that does not answer a ping at once, long before its heartbeat is due.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED", "HEARTBEAT-MARGIN", "LEAVE-ON-SILENCE"],
  mutate: (sound) => ({
    openWebSocket: (options, accept) =>
      sound.openWebSocket({ ...options, transportHeartbeatMs: patienceMs }, accept),
  }),
};
