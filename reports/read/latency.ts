import { lateToleranceMs } from "../../harness/history/lateness.ts";
import { clockErrorMs } from "../../harness/util/clock-error.ts";
import type { CaseRecord, Detection, Missed } from "../../harness/judge/record.ts";
import { groupBy, kindOf } from "./record-queries.ts";

/** Position of a detection relative to its window. */
export type Timing = "in time" | "too early" | "too late";

export function timingOf({ latencyMs, earliestMs, latestMs }: Detection): Timing {
  // The checks allow the same tolerance.
  if (latencyMs > latestMs + lateToleranceMs) return "too late";
  return earliestMs !== null && latencyMs < earliestMs - clockErrorMs ? "too early" : "in time";
}

/** All ends with one cause: detections, fastest first, and the windows in which they were due. */
export interface Strip {
  readonly cause: string;
  readonly detections: readonly Detection[];
  /** Leaves that never came, from failed cases only. */
  readonly missed: readonly Missed[];
  /** Span from the start of the first window to the end of the last. `fromMs` is null if any window has no start. */
  readonly reach: { readonly fromMs: number | null; readonly toMs: number };
  /** Overlap of all windows; empty if `fromMs` is not below `toMs`. */
  readonly common: { readonly fromMs: number | null; readonly toMs: number };
}

/** Returns a strip per cause, the shortest deadline first. */
export function stripsOf(cases: readonly CaseRecord[]): readonly Strip[] {
  const drawable = cases
    .flatMap(({ detections }) => detections)
    .filter((one) => [one.latencyMs, one.earliestMs ?? 0, one.latestMs].every(Number.isFinite));
  const missed = cases
    .filter((run) => kindOf(run) === "fail")
    .flatMap((run) => run.missed ?? [])
    .filter(({ latestMs }) => Number.isFinite(latestMs));
  const seenOf = groupBy(drawable, ({ cause }) => cause);
  const missedOf = groupBy(missed, ({ cause }) => cause);
  return [...new Set([...seenOf.keys(), ...missedOf.keys()])]
    .map((cause) => stripOf(cause, seenOf.get(cause) ?? [], missedOf.get(cause) ?? []))
    .sort((a, b) => a.reach.toMs - b.reach.toMs);
}

function stripOf(cause: string, detections: readonly Detection[], missed: readonly Missed[]): Strip {
  const earliest = detections.map(({ earliestMs }) => earliestMs).filter((ms) => ms !== null);
  const latest = [...detections, ...missed].map(({ latestMs }) => latestMs);
  // For a leave that never came, only the deadline is known.
  if (detections.length === 0) {
    const [fromMs, toMs] = [0, greatest(latest)];
    return { cause, detections, missed, reach: { fromMs, toMs }, common: { fromMs, toMs: least(latest) } };
  }
  const oneSided = earliest.length < detections.length;
  return {
    cause,
    detections: detections.toSorted((a, b) => a.latencyMs - b.latencyMs),
    missed,
    reach: { fromMs: oneSided ? null : least(earliest), toMs: greatest(latest) },
    common: { fromMs: earliest.length === 0 ? null : greatest(earliest), toMs: least(latest) },
  };
}

/** Returns the median latency, or the lower of the two middle ones. */
export function medianMs({ detections }: Strip): number {
  return detections[Math.ceil(detections.length / 2) - 1]?.latencyMs ?? 0;
}

export function slowestMs({ detections }: Strip): number {
  return detections.at(-1)?.latencyMs ?? 0;
}

/** Logarithmic axis, on which both a millisecond and a minute are visible. */
export interface Scale {
  /** Returns the position of a time on the axis, from 0 to 100. Limits times beyond an end to that end. */
  readonly at: (ms: number) => number;
  readonly ticksMs: readonly number[];
}

/** Returns an axis from the decade below the shortest time to just beyond the longest. */
export function scaleOf(strips: readonly Strip[]): Scale {
  const times = strips
    .flatMap(({ detections, missed }) => [
      ...detections.flatMap(({ latencyMs, earliestMs, latestMs }) => [latencyMs, earliestMs ?? 0, latestMs]),
      ...missed.map(({ latestMs }) => latestMs),
    ])
    .filter((ms) => ms >= shortestMs);
  const low = Math.floor(Math.log10(times.length === 0 ? 1 : least(times)));
  const high = Math.max(low + 1, Math.log10((times.length === 0 ? 1 : greatest(times)) * 1.3));
  return {
    at: (ms) => {
      const share = (Math.log10(Math.max(ms, 10 ** low)) - low) / (high - low);
      return 100 * Math.min(1, share);
    },
    ticksMs: ticks(low, high),
  };
}

/** Returns the decades, and five times the last one if the axis reaches it. */
function ticks(low: number, high: number): readonly number[] {
  const decades = Array.from({ length: Math.floor(high) - low + 1 }, (_, decade) => 10 ** (low + decade));
  const last = 5 * 10 ** Math.floor(high);
  return Math.log10(last) <= high ? [...decades, last] : decades;
}

/** Resolution of the clocks used. */
const shortestMs = 0.1;

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
