import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { Mutant } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export const tellsOwnTransportOnly: Mutant = {
  name: "tells-own-transport-only",
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
};
