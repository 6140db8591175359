import { receiptFor } from "../reference-server/flow/core/disconnect.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Announces the leave after a DISCONNECT with receipt only when the connection closes.",
  breaks: ["LEAVE-WITHIN-LINGER"],
  alsoBreaks: ["LEAVE-ON-DISCONNECT", "LEAVE-IN-TIME"],
  mutate: (original) => ({
    step(session, input, ...given) {
      const waits =
        input.kind === "frame" &&
        input.frame.command === "DISCONNECT" &&
        input.frame.headers.has("receipt") &&
        session.phase === "connected";
      return waits ? [session, receiptFor(input.frame)] : original.step(session, input, ...given);
    },
  }),
} satisfies MutantFile;
