import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterLeave } from "./support/rewrite-shell.ts";

/** Number of ends after which another client is closed. No case has so many. */
const every = 40;

export default {
  description: "Confuses the connection that ended with another one, in 1 of 40 ends, and closes that, too.",
  breaks: ["OTHERS-STAY-CONNECTED"],
  alsoBreaks: falseEnd,
  mutate(original) {
    let ends = 0;
    return afterLeave(original, (_leave, live, context) => {
      ends += 1;
      if (ends % every !== 0) return;
      const other = [...context.sessions.values()].find((one) => one !== live);
      other?.connection.close(1000, "");
    });
  },
} satisfies MutantFile;
