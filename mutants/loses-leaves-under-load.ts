import { causes, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite.ts";

const momentMs = 100;
const roomFor = 4;

export const losesLeavesUnderLoad: Mutant = {
  name: "loses-leaves-under-load",
  description: "Tells four leaves in a tenth of a second at most, and forgets what else ends in it.",
  breaks: ["ALL-AT-ONCE-ALL-TOLD"],
  alsoBreaks: union(causes, untoldAnyhow),
  mutate(sound) {
    let toldAtMs: readonly number[] = [];
    return {
      perform(effect, live, hub) {
        if (!isLeave(effect)) {
          sound.perform(effect, live, hub);
          return;
        }
        toldAtMs = toldAtMs.filter((atMs) => atMs > hub.nowMs() - momentMs);
        if (toldAtMs.length >= roomFor) return;
        toldAtMs = [...toldAtMs, hub.nowMs()];
        sound.perform(effect, live, hub);
      },
    };
  },
};
