import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Sends the notice of a leave to the one who left.",
  breaks: ["EVERY-SUBSCRIBER-HEARS", "LEAVE-ON-DISCONNECT"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  // A user destination where a topic was meant.
  mutate: (original) =>
    announceOnlyTo(original, (listener, { event }, subject) => event !== "leave" || listener === subject),
} satisfies MutantFile;
