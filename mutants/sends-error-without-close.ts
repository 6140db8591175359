import type { MutantFile } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Sends ERROR, and leaves the connection open.",
  breaks: ["ERROR-THEN-CLOSE"],
  alsoBreaks: ["CONNECT-NO-COMMON-VERSION", "MALFORMED-IDENTIFY-HARMLESS", "NEVER-CONNECT-CLOSED"],
  mutate: (original) =>
    rewriteEffects(original, (effect, { after }) =>
      effect.kind === "close" && after.cause === "error" ? [] : [effect],
    ),
} satisfies MutantFile;
