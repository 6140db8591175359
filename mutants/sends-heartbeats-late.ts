import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Sends heartbeats half as often as it promised.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) =>
    renegotiate(original, ({ wantsMs }, { toClientMs }) => ({
      toClientMs: wantsMs === 0 ? 0 : 2 * Math.max(wantsMs, toClientMs),
    })),
} satisfies MutantFile;
