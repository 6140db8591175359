import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Counts only heartbeats as activity, and closes a client that is busy sending.",
  breaks: ["ANY-BYTE-IS-LIFE"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  mutate(original) {
    const inFrame = new Set<string>();
    return {
      step(session, input, ...given) {
        const [next, effects] = original.step(session, input, ...given);
        const { id, phase, lastReceivedMs } = session;
        const isFrame = input.kind === "frame" || (input.kind === "bytes" && input.partial);
        const isEndOfFrame = !isFrame && input.kind === "bytes" && inFrame.delete(id);
        if (isFrame) inFrame.add(id);
        const isUnheard = phase === "connected" && (isFrame || isEndOfFrame);
        return [isUnheard ? withChanges(next, { lastReceivedMs }) : next, effects];
      },
    };
  },
} satisfies MutantFile;
