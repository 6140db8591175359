import type { Mutant } from "./support/mutant.ts";
import { rewriteEffects } from "./support/rewrite.ts";

export const sendsNoReceiptForDisconnect: Mutant = {
  name: "sends-no-receipt-for-disconnect",
  description: "Closes its ears at DISCONNECT, and sends no RECEIPT for it.",
  breaks: ["DISCONNECT-RECEIPT"],
  alsoBreaks: [],
  mutate: (sound) =>
    rewriteEffects(sound, (effect, { input }) => {
      const isGoodbye = input.kind === "frame" && input.frame.command === "DISCONNECT";
      return isGoodbye && effect.kind === "send" && effect.frame.command === "RECEIPT" ? [] : [effect];
    }),
};
