import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave, rewriteEffects } from "./support/rewrite-core.ts";

export default {
  description: "Announces a leave when the connection closes, but not if the client sent DISCONNECT before.",
  breaks: ["LEAVE-ON-DISCONNECT"],
  alsoBreaks: union(["LEAVE-IN-TIME"], missingLeave.disconnected),
  mutate: (original) =>
    rewriteEffects(original, (effect) =>
      isLeave(effect) && effect.notice.cause === "disconnect" ? [] : [effect],
    ),
} satisfies MutantFile;
