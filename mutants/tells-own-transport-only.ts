import { causes, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { tellOnly } from "./support/rewrite-shell.ts";

export const tellsOwnTransportOnly: Mutant = {
  name: "tells-own-transport-only",
  description: "Tells a leave to those only who came by the same transport.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(causes, untoldAnyhow),
  // A registry of its own for each endpoint.
  mutate: (sound) =>
    tellOnly(
      sound,
      (listener, { event }, subject) =>
        event !== "leave" || listener.link.transport === subject.link.transport,
    ),
};
