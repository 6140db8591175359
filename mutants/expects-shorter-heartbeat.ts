import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export default {
  description: "Expects heartbeats at the shorter of both intervals, where STOMP says the longer.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: ["NO-FALSE-LEAVE", "OTHERS-STAY-CONNECTED"],
  // The other way round nobody could tell: more heartbeats than were promised are allowed.
  mutate: (original) =>
    renegotiate(original, ({ sendsMs }, { fromClientMs }) => ({
      fromClientMs: sendsMs === 0 ? 0 : Math.min(sendsMs, fromClientMs),
    })),
} satisfies MutantFile;
