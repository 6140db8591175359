import { falseJoin } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { runAfter, afterLeave } from "./support/rewrite-shell.ts";

/** After the leave was told; soon enough that a case still listens. */
const returnsAfterMs = 100;

export default {
  description: "Tells of each who left, a moment later, that they are there again.",
  breaks: ["GONE-STAYS-GONE"],
  alsoBreaks: falseJoin,
  mutate: (original) =>
    afterLeave(original, ({ ref, clientData }, live, context) => {
      const ghost = { kind: "announce", notice: { event: "join", ref, clientData } } as const;
      runAfter(returnsAfterMs, () => original.perform(ghost, live, context));
    }),
} satisfies MutantFile;
