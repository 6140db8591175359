import { duration } from "../../../harness/util/words.ts";
import type { Rule } from "../cause.ts";
import { isConstant, median, visibleDetections } from "../leaves.ts";

/** All leaves arrive late, and all by the same time. */
export const lateLeaves: Rule = {
  class: "late-leave",
  refines: "announces-leave-late",
  advice: "LEAVE-IN-TIME",
  look(facts) {
    const isLate = facts.cells.some(({ check, failed }) => check === "left-inside-window" && failed);
    const seen = visibleDetections(facts);
    const late = seen.filter(({ latencyMs, latestMs }) => latencyMs > latestMs);
    const times = late.map(({ latencyMs }) => latencyMs);
    if (!isLate || !isConstant(times)) return undefined;
    const onTime = seen.filter(({ latencyMs, latestMs }) => latencyMs <= latestMs);
    const onlyOthers = onTime.length > 0 && onTime.every(({ cause }) => cause.startsWith("disconnect"));
    if (late.length < 0.9 * seen.length && !onlyOthers) return undefined;
    const delayMs = median(times) ?? 0;
    const after = duration(delayMs);
    // Without this delay they would still be late.
    const later = new Set(
      facts.cells
        .filter(({ run }) =>
          run.detections.some((one) => one.latencyMs - delayMs > one.latestMs + toleranceMs),
        )
        .map(({ run }) => run.id),
    );
    return {
      sentence: onlyOthers
        ? `The server sends each leave about ${after} after the end of the connection, and at once after a DISCONNECT. A fixed delay or a periodic task does this.`
        : `The server sends each leave about ${after} after the end of the session. A fixed delay or a periodic task does this.`,
      predict: ({ check, run }) => (questions.includes(check) && !later.has(run.id) ? "either" : "unknown"),
    };
  },
};

/** Smallest lateness that the delay does not explain, in milliseconds. */
const toleranceMs = 500;

/** Checks that measure a time. A sentinel's leave has 2 s. */
const questions: readonly string[] = ["left-inside-window", "sentinel-told", "told-in-time"];
