import type { Check } from "../check.ts";
import { describeCloseCode } from "../../history/sessions/connection-end.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { seconds } from "../../util/words.ts";

/** Checks that the target answered the actor's DISCONNECT with RECEIPT. */
export function receiptCame(actor: string): Check {
  return {
    name: `receipt-came(${actor})`,
    judge: ({ events }) => {
      const sent = ofKind(events, "disconnect-sent").find((e) => e.actor === actor);
      if (sent === undefined) return inconclusive(`${actor} sent no DISCONNECT`);
      const receipt = ofKind(events, "receipt").find((e) => e.actor === actor && e.of === "disconnect");
      if (receipt !== undefined) return pass([sent.index, receipt.index]);
      const closed = ofKind(events, "closed").find((e) => e.actor === actor && e.index > sent.index);
      if (closed !== undefined) {
        const afterMs = Math.round(closed.atMs - sent.atMs);
        const words = `none; the connection was closed ${describeCloseCode(closed)}, ${afterMs} ms after the DISCONNECT`;
        return fail("RECEIPT for the DISCONNECT", words, [sent.index, closed.index]);
      }
      const until = events.at(-1)?.atMs ?? sent.atMs;
      return fail("RECEIPT for the DISCONNECT", `none by ${seconds(until)}`, [sent.index]);
    },
  };
}
