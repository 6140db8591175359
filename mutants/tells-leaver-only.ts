import { causes, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { tellOnly } from "./support/rewrite-shell.ts";

export const tellsLeaverOnly: Mutant = {
  name: "tells-leaver-only",
  description: "Sends the notice of a leave to the one who left.",
  breaks: ["EVERY-SUBSCRIBER-HEARS", "LEAVE-ON-DISCONNECT"],
  alsoBreaks: union(causes, untoldAnyhow),
  // A user destination where a topic was meant.
  mutate: (sound) =>
    tellOnly(sound, (listener, { event }, subject) => event !== "leave" || listener === subject),
};
