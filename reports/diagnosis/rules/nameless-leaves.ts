import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { endingOf, eventsOf } from "../leaves.ts";

/** Leaves arrive, and none names the client that has left. */
export const namelessLeaves: Rule = {
  class: "identify",
  advice: "LEAVE-ON-CLOSE",
  look({ cells }) {
    const missed = cells.filter((cell) => cell.failed && endingOf(cell) !== undefined);
    const named = missed.map(namedInstead);
    if (missed.length < 3) return undefined;
    const kind = named[0];
    if (kind === undefined || !named.every((one) => one === kind)) return undefined;
    return {
      sentence:
        kind === "nobody"
          ? "The server sends leaves, but they name nobody. It no longer knows who the session was when it sends them."
          : "The server sends leaves, but under names that no client gave.",
      predict: (asked) =>
        endingOf(asked) === undefined
          ? asked.check === "heard-by-all" || asked.check === "no-false-leave"
            ? "either"
            : "unknown"
          : "fail",
    };
  },
};

/** Returns what a leave names that came after the first end in place of the leaver; undefined if none came. */
function namedInstead(cell: Cell): "nobody" | "somebody else" | undefined {
  const events = eventsOf(cell);
  const given = new Set(
    events.flatMap((event) =>
      event.kind === "identify-sent" || event.kind === "observer-attached" ? [event.client] : [],
    ),
  );
  const end = events.findIndex((event) => event.kind === "fault-injected" && event.ends === "visibly");
  const wrong = events
    .slice(end < 0 ? events.length : end)
    .filter((event) => event.kind === "notice")
    .filter(({ event, client }) => event === "leave" && (client === null || !given.has(client)));
  const [first] = wrong;
  if (first === undefined) return undefined;
  return first.client === null ? "nobody" : "somebody else";
}
