import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Sends heartbeats also to a client that wants none, or says nothing of them.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) =>
    renegotiate(original, ({ wantsMs }, { toClientMs }) => (wantsMs === 0 ? { toClientMs } : {})),
} satisfies MutantFile;
