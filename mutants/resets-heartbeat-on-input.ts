import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Sends no heartbeats to a client that is busy, since each of its frames starts the wait anew.",
  breaks: ["HEARTBEATS-AS-NEGOTIATED"],
  alsoBreaks: [],
  mutate: (original) => ({
    step(session, input, nowMs, config) {
      const [next, effects] = original.step(session, input, nowMs, config);
      return [input.kind === "frame" ? withChanges(next, { lastSentMs: nowMs }) : next, effects];
    },
  }),
} satisfies MutantFile;
