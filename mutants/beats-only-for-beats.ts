import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Sends heartbeats only to clients that send some.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) => renegotiate(original, ({ sendsMs }) => (sendsMs === 0 ? { toClientMs: 0 } : {})),
} satisfies MutantFile;
