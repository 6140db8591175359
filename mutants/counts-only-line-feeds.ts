import { changed } from "../reference-server/flow/core/model.ts";
import type { Mutant } from "./support/mutant.ts";

export const countsOnlyLineFeeds: Mutant = {
  name: "counts-only-line-feeds",
  description: "Counts nothing but heartbeats as life, and gives up a client that is busy sending.",
  breaks: ["ANY-BYTE-IS-LIFE"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  mutate(sound) {
    const inFrame = new Set<string>();
    return {
      step(session, input, ...given) {
        const [next, effects] = sound.step(session, input, ...given);
        const { id, phase, heardAtMs } = session;
        const isFrame = input.kind === "frame" || (input.kind === "bytes" && input.partial);
        const isEndOfFrame = !isFrame && input.kind === "bytes" && inFrame.delete(id);
        if (isFrame) inFrame.add(id);
        const isUnheard = phase === "connected" && (isFrame || isEndOfFrame);
        return [isUnheard ? changed(next, { heardAtMs }) : next, effects];
      },
    };
  },
};
