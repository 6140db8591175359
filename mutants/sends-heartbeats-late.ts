import type { Mutant } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

export const sendsHeartbeatsLate: Mutant = {
  name: "sends-heartbeats-late",
  description: "Sends heartbeats half as often as it promised.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) =>
    renegotiate(original, ({ wantsMs }, { toClientMs }) => ({
      toClientMs: wantsMs === 0 ? 0 : 2 * Math.max(wantsMs, toClientMs),
    })),
};
