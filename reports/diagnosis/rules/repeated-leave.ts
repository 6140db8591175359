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
    // Where no leave arrives, none arrives twice.
    const asked = cells.filter((cell) => isAsked(cell) && (cell.failed || cell.run.detections.length > 0));
    const failed = asked.filter((cell) => cell.failed);
    if (failed.length < 3 || failed.length < 0.8 * asked.length) return undefined;
    const arrived = new Set(asked.map(({ run }) => run.id));
    const gap = median(failed.flatMap(gapOf));
    const after =
      gap === undefined
        ? ""
        : gap < 20
          ? ", one right after the other"
          : `, the second time ${duration(gap)} later`;
    return {
      sentence: `The server sends each leave twice${after}.`,
      predict: (one) => (isAsked(one) ? (arrived.has(one.run.id) ? "fail" : "either") : "unknown"),
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
