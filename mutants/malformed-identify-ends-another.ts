import { endsFalsely, union } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { alsoOn } from "./support/rewrite-shell.ts";

export const malformedIdentifyEndsAnother: Mutant = {
  name: "malformed-identify-ends-another",
  description: "Loses one of its other connections with the exception that a malformed identify throws.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: union(["LEAVE-IN-TIME"], endsFalsely),
  mutate: (sound) =>
    alsoOn(sound, "identify-refused", (_event, live, hub) => {
      const all = [...hub.sessions.values()];
      all[all.indexOf(live) - 1]?.link.close(1011, "");
    }),
};
