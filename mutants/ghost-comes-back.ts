import { comesFalsely } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { afterMs, alsoAtLeave } from "./support/rewrite-shell.ts";

/** After the leave was told; soon enough that a case still listens. */
const returnsAfterMs = 100;

export const ghostComesBack: Mutant = {
  name: "ghost-comes-back",
  description: "Tells of each who left, a moment later, that they are there again.",
  breaks: ["GONE-STAYS-GONE"],
  alsoBreaks: comesFalsely,
  mutate: (sound) =>
    alsoAtLeave(sound, ({ ref, clientData }, live, hub) => {
      const ghost = { kind: "announce", notice: { event: "join", ref, clientData } } as const;
      afterMs(returnsAfterMs, () => sound.perform(ghost, live, hub));
    }),
};
