import { endsFalsely } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";

/** Shorter than any heartbeat that is promised in a second. */
const patienceMs = 500;

export const givesUpUnansweredPings: Mutant = {
  name: "gives-up-unanswered-pings",
  description: "Gives a client up that does not answer a ping at once, long before its heartbeat is due.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: endsFalsely,
  mutate: (sound) => ({
    openWebSocket: (options, accept) =>
      sound.openWebSocket({ ...options, transportHeartbeatMs: patienceMs }, accept),
  }),
};
