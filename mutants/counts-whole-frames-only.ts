import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Gives up a client that is busy sending one long frame, because none has arrived.",
  breaks: ["ANY-BYTE-IS-LIFE"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  // The clock is wound up behind the decoder, not before it.
  mutate: (original) => ({
    step(session, input, ...given) {
      const [next, effects] = original.step(session, input, ...given);
      const isPart = input.kind === "bytes" && input.partial && session.phase === "connected";
      return [isPart ? withChanges(next, { lastReceivedMs: session.lastReceivedMs }) : next, effects];
    },
  }),
} satisfies MutantFile;
