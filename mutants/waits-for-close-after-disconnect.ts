import { receiptFor } from "../reference-server/flow/core/disconnect.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Answers DISCONNECT with a RECEIPT, and announces the leave when the connection closes.",
  breaks: ["LEAVE-WITHIN-LINGER"],
  alsoBreaks: ["LEAVE-ON-DISCONNECT", "LEAVE-IN-TIME"],
  mutate: (original) => ({
    step(session, input, ...given) {
      const isGoodbye = input.kind === "frame" && input.frame.command === "DISCONNECT";
      if (!isGoodbye || session.phase !== "connected") return original.step(session, input, ...given);
      return [session, receiptFor(input.frame)];
    },
  }),
} satisfies MutantFile;
