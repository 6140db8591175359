import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Counts only complete frames as activity, and closes a client that sends one long frame.",
  breaks: ["ANY-BYTE-IS-LIFE"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  // The silence timer is reset after the decoder instead of before it.
  mutate: (original) => ({
    step(session, input, ...given) {
      const [next, effects] = original.step(session, input, ...given);
      const isPart = input.kind === "bytes" && input.partial && session.phase === "connected";
      return [isPart ? withChanges(next, { lastReceivedMs: session.lastReceivedMs }) : next, effects];
    },
  }),
} satisfies MutantFile;
