import { duration } from "../../../harness/util/words.ts";
import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { eventsOf, median } from "../leaves.ts";

/** Every leave arrives twice. */
export const repeatedLeave: Rule = {
  class: "repeated-leave",
  refines: "announces-leave-twice",
  advice: "LEAVE-NOT-TWICE",
  look({ cells }) {
    const asked = cells.filter(isAsked);
    const failed = asked.filter((cell) => cell.failed);
    if (failed.length < 3 || failed.length < 0.8 * asked.length) return undefined;
    const gap = median(failed.flatMap(gapOf));
    const after =
      gap === undefined ? "" : `, the second time ${gap < 20 ? "at once" : `${duration(gap)} later`}`;
    return {
      sentence: `The server sends each leave twice${after}.`,
      predict: (one) => (isAsked(one) ? "fail" : "unknown"),
    };
  },
};

const isAsked = ({ requirement, check }: Pick<Cell, "requirement" | "check">): boolean =>
  requirement === "LEAVE-NOT-TWICE" && check === "no-leave-twice";

/** Returns the time between the last two notices of the evidence, in milliseconds. */
function gapOf(cell: Cell): readonly number[] {
  const events = eventsOf(cell);
  return cell.failures.flatMap(({ evidence }) => {
    const leaves = evidence
      .map((index) => events.find((event) => event.index === index))
      .filter((event) => event?.kind === "notice" && event.event === "leave");
    const [first, second] = leaves.slice(-2);
    return first === undefined || second === undefined ? [] : [second.atMs - first.atMs];
  });
}
