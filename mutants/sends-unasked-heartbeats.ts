import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Sends heartbeats to a client that requested none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) =>
    renegotiate(original, ({ wantsMs }, { toClientMs }) => (wantsMs === 0 ? { toClientMs } : {})),
} satisfies MutantFile;
