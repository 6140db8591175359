import type { Check } from "../check.ts";
import type { HistoryEvent } from "../history.ts";
import { fail, pass } from "../verdict.ts";
import { nothingMore } from "./listening.ts";

const served: readonly HistoryEvent["kind"][] = ["connected", "subscribed", "receipt", "notice", "message"];

/** The actor, which said no CONNECT, got nothing that only a connected client gets. */
export function servedNothing(actor: string): Check {
  return {
    name: `served-nothing(${actor})`,
    invariant: true,
    judge: (evidence) => {
      const own = evidence.events.filter((e) => e.actor === actor);
      const got = own.find(({ kind }) => served.includes(kind));
      if (got !== undefined)
        return fail(`${actor}, which is not connected, gets nothing`, `it got ${inWords(got)}`, [got.index]);
      const closed = own.find(({ kind }) => kind === "closed");
      return closed === undefined ? nothingMore(evidence) : pass([closed.index]);
    },
  };
}

function inWords(event: HistoryEvent): string {
  switch (event.kind) {
    case "connected":
      return "CONNECTED";
    case "notice":
    case "message":
      return `a message: ${event.body.slice(0, 80)}`;
    default:
      return "a RECEIPT";
  }
}
