import type { Mutant } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite.ts";

export const connectEventWithoutHeaders: Mutant = {
  name: "connect-event-without-headers",
  description: "Fires the connect event before the headers of CONNECT are there.",
  breaks: ["CONNECT-EVENT-CARRIES-HEADERS"],
  alsoBreaks: [],
  mutate: (sound) =>
    rewriteEffects(sound, (effect) =>
      effect.kind === "tell" && effect.event.name === "session-connect"
        ? [{ ...effect, event: { ...effect.event, headers: {} } }]
        : [effect],
    ),
};
