import type { Check } from "../check.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { fail, pass } from "../verdict.ts";
import { nothingMore } from "./listening.ts";

const served: readonly HistoryEvent["kind"][] = ["subscribed", "receipt", "notice", "message"];

/** Checks that the actor, which sent another frame in place of CONNECT, received nothing that only a connected client receives. */
export function servedNothing(actor: string): Check {
  return {
    name: `served-nothing(${actor})`,
    invariant: true,
    judge: (evidence) => {
      const own = evidence.events.filter((e) => e.actor === actor);
      const got = own.find(({ kind }) => served.includes(kind));
      if (got !== undefined)
        return fail(`no answer for ${actor}, which was not connected`, `it received ${inWords(got)}`, [
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
