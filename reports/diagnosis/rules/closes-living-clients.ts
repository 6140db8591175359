import { duration } from "../../../harness/util/words.ts";
import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { eventsOf, isConstant, median } from "../leaves.ts";

/** The target closes connections of clients that have not left. */
export const closesLivingClients: Rule = {
  class: "living-client-closed",
  look({ cells }) {
    const asked = cells.filter(({ check }) => check === "others-stay-connected");
    const closed = asked.filter(({ failed }) => failed);
    if (closed.length < 3 || closed.length < leastShare * asked.length) return undefined;
    const quiet = closed.flatMap(quietBefore);
    const when = median(quiet) ?? 0;
    const isTimed = isConstant(quiet) && when >= leastQuietMs;
    const cases = new Set(closed.map(({ run }) => run.id));
    return {
      sentence: isTimed
        ? `The server closes the connection of a living client about ${duration(when)} after its last message.`
        : "The server closes connections of clients that are still there.",
      isGeneral: !isTimed,
      predict: ({ check, run }) =>
        check === "others-stay-connected" || (cases.has(run.id) && check !== "no-leave-twice")
          ? "either"
          : "unknown",
    };
  },
};

/** Fewer closed clients may be those that were too slow for the server, on a busy machine. */
const leastShare = 0.1;

/** Shorter times are no timeouts. */
const leastQuietMs = 1_000;

/** Returns for each closed connection how long its client had sent nothing, in milliseconds. */
function quietBefore(cell: Cell): readonly number[] {
  const events = eventsOf(cell);
  return cell.failures.flatMap(({ evidence }) =>
    evidence.flatMap((index) => {
      const closed = events.find((event) => event.index === index && event.kind === "closed");
      const last = events.findLast(
        (event) => event.index < index && event.actor === closed?.actor && event.kind.endsWith("-sent"),
      );
      return closed === undefined || last === undefined ? [] : [closed.atMs - last.atMs];
    }),
  );
}
