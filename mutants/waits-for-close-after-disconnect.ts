import { receiptFor } from "../reference-server/flow/core/disconnect.ts";
import type { Mutant } from "./support/mutant.ts";

export const waitsForCloseAfterDisconnect: Mutant = {
  name: "waits-for-close-after-disconnect",
  description:
    "Takes DISCONNECT for a request to send a RECEIPT, and announces nothing until the connection closes.",
  breaks: ["LEAVE-WITHIN-LINGER"],
  alsoBreaks: ["LEAVE-ON-DISCONNECT", "LEAVE-IN-TIME"],
  mutate: (original) => ({
    step(session, input, ...given) {
      const isGoodbye = input.kind === "frame" && input.frame.command === "DISCONNECT";
      if (!isGoodbye || session.phase !== "connected") return original.step(session, input, ...given);
      return [session, receiptFor(input.frame)];
    },
  }),
};
