import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Tells a leave to those only who came by the same transport.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  // A registry of its own for each endpoint.
  mutate: (original) =>
    announceOnlyTo(
      original,
      (listener, { event }, subject) =>
        event !== "leave" || listener.connection.transport === subject.connection.transport,
    ),
} satisfies MutantFile;
