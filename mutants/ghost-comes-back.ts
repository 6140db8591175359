import { falseJoin } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { runAfter, afterLeave } from "./support/rewrite-shell.ts";

/** Delay after the leave, short enough that the case still listens. */
const returnsAfterMs = 100;

export default {
  description: "Announces a join for every leaver 100 ms after the leave.",
  breaks: ["GONE-STAYS-GONE"],
  alsoBreaks: falseJoin,
  mutate: (original) =>
    afterLeave(original, ({ ref, clientData }, live, context) => {
      const ghost = { kind: "announce", notice: { event: "join", ref, clientData } } as const;
      runAfter(returnsAfterMs, () => original.perform(ghost, live, context));
    }),
} satisfies MutantFile;
