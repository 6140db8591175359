import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Expects heartbeats at the shorter of the two intervals, although STOMP requires the longer.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  // The other direction would show nothing, because a server may send more heartbeats than promised.
  mutate: (original) =>
    renegotiate(original, ({ sendsMs }, { fromClientMs }) => ({
      fromClientMs: sendsMs === 0 ? 0 : Math.min(sendsMs, fromClientMs),
    })),
} satisfies MutantFile;
