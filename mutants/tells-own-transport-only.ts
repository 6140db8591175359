import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Sends a leave only to subscribers with the leaver's transport.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  // Like a separate registry per endpoint.
  mutate: (original) =>
    announceOnlyTo(
      original,
      (listener, { event }, subject) =>
        event !== "leave" || listener.connection.transport === subject.connection.transport,
    ),
} satisfies MutantFile;
