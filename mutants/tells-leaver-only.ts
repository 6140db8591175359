import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Sends a leave to the leaver only.",
  breaks: ["EVERY-SUBSCRIBER-HEARS", "LEAVE-ON-DISCONNECT"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  // Like a user destination in place of a topic.
  mutate: (original) =>
    announceOnlyTo(original, (listener, { event }, subject) => event !== "leave" || listener === subject),
} satisfies MutantFile;
