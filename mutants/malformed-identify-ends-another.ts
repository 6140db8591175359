import { falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent } from "./support/rewrite-shell.ts";

export default {
  description: "Closes another connection when a malformed identify throws an exception.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: union(["LEAVE-IN-TIME"], falseEnd),
  mutate: (original) =>
    afterEvent(original, "identify-refused", (_event, live, context) => {
      const all = [...context.sessions.values()];
      all[all.indexOf(live) - 1]?.connection.close(1011, "");
    }),
} satisfies MutantFile;
