import { groupBy } from "../../read/record-queries.ts";
import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";

/** An identify message that arrives just before its session's end is handled after it, now and then. */
export const identifyBesideEnd: Rule = {
  class: "ghost",
  advice: "IDENTIFY-LEAVES-NO-GHOST",
  look({ cells }) {
    const missed = missedEnds(cells);
    const asked = cells.filter((cell) => isAsked(cell) && !missed.has(endOf(cell)));
    const ghosts = asked.filter(({ failed }) => failed);
    // A defect that always leaves a ghost has a signature of its own.
    if (ghosts.length < 3 || ghosts.length > 0.8 * asked.length) return undefined;
    // Where most ends are missed, the ghosts follow from that.
    const known = cells.filter(
      ({ run, check }) => run.axes["phase"] === "identified" && check === "heard-by-all",
    );
    const noticed = known.filter(({ failed }) => !failed);
    if (noticed.length < 3 || noticed.length < 0.8 * known.length) return undefined;
    return {
      sentence:
        "The server handles a client's identify message and the end of its session at the same time. So a client that leaves while it identifies may be announced after its end, and stays as a ghost.",
      predict: (one) => ((isAsked(one) || isAlsoSeen(one)) && !missed.has(endOf(one)) ? "either" : "unknown"),
    };
  },
};

type Place = Pick<Cell, "check"> & { readonly run: Pick<Cell["run"], "scenario" | "axes"> };

/** Names the way in which a client leaves, on its transport. */
const endOf = ({ run: { scenario, axes } }: Place): string => JSON.stringify([scenario, axes["transport"]]);

/** Returns the ends that the server misses mostly, also of clients that have long identified. Those leave ghosts by that alone. */
function missedEnds(cells: readonly Cell[]): ReadonlySet<string> {
  const told = cells.filter(({ run, check }) => check === "heard-by-all" && run.axes["phase"] !== undefined);
  const isMissed = ([, own]: readonly [string, readonly Cell[]]) =>
    own.filter(({ failed }) => failed).length * 2 > own.length;
  return new Set([...groupBy(told, endOf)].filter(isMissed).map(([end]) => end));
}

const isAsked = ({ check, run }: Place): boolean =>
  check === "leaves-no-ghost" && run.axes["phase"] === "identifying";

/** Returns true where the same race shows in another way: a join after the leave, or a ghost in a random history. */
const isAlsoSeen = ({ check, run }: Place): boolean =>
  (check === "stays-gone" && run.axes["phase"] === "identifying") ||
  check === "leaves-no-ghost" ||
  check === "no-more-come-than-left";
