import type { Check } from "../check.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { fail, pass } from "../verdict.ts";
import { nothingMore } from "./listening.ts";

const served: readonly HistoryEvent["kind"][] = ["subscribed", "receipt", "notice", "message"];

/** The actor, which said nothing but CONNECT in its place, got nothing else that only a connected client gets. */
export function servedNothing(actor: string): Check {
  return {
    name: `served-nothing(${actor})`,
    invariant: true,
    judge: (evidence) => {
      const own = evidence.events.filter((e) => e.actor === actor);
      const got = own.find(({ kind }) => served.includes(kind));
      if (got !== undefined)
        return fail(`nothing for ${actor}, which was not connected when it asked`, `it got ${inWords(got)}`, [
          got.index,
        ]);
      const closed = own.find(({ kind }) => kind === "closed");
      return closed === undefined ? nothingMore(evidence) : pass([closed.index]);
    },
  };
}

function inWords(event: HistoryEvent): string {
  switch (event.kind) {
    case "notice":
    case "message":
      return `a message: ${event.body.slice(0, 80)}`;
    default:
      return "a RECEIPT";
  }
}
