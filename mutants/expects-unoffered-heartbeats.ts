import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Expects heartbeats from a client that offered none.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  mutate: (original) =>
    renegotiate(original, ({ sendsMs, wantsMs, says }, { fromClientMs }) =>
      !says || (sendsMs === 0 && wantsMs > 0) ? { fromClientMs } : {},
    ),
} satisfies MutantFile;
