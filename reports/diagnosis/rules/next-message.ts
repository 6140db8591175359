import type { Rule } from "../cause.ts";

/** In silence no leave comes. It comes at once when the next message or client reaches the server. */
export const nextMessage: Rule = {
  class: "late-leave",
  look({ cells }) {
    const shown = cells.filter((cell) => cell.failed && isUnprompted(cell));
    if (shown.length === 0) return undefined;
    return {
      sentence:
        "The server announces a leave only together with the next message of some client. Where all others are silent, nobody learns that a client left. Send the leave where the server learns of the end, and don't wait for a later message.",
      isShown: true,
      predict: (asked) => (isUnprompted(asked) ? "fail" : waiting.has(asked.check) ? "either" : "unknown"),
    };
  },
};

const isUnprompted = ({ requirement }: { readonly requirement: string }): boolean =>
  requirement === "LEAVE-UNPROMPTED";

/** Checks that fail if no message came in time. */
const waiting: ReadonlySet<string> = new Set([
  "heard-by-all",
  "leaves-no-ghost",
  "left-inside-window",
  "sentinel-told",
  "told-in-time",
]);
