import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Swaps the two numbers in the client's heart-beat header.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  mutate: (original) =>
    renegotiate(original, ({ sendsMs, wantsMs }, { fromClientMs, toClientMs }) => ({
      fromClientMs: wantsMs === 0 ? 0 : Math.max(wantsMs, fromClientMs),
      toClientMs: sendsMs === 0 ? 0 : Math.max(sendsMs, toClientMs),
    })),
} satisfies MutantFile;
