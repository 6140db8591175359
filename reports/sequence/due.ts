import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { kindOfCheck } from "../../harness/judge/check-kinds.ts";
import type { CaseRecord, Detection } from "../../harness/judge/record.ts";
import { checksOf } from "../read/record-queries.ts";
import { duration } from "../words/text.ts";
import { endingsOf } from "./cast.ts";

/** Window in which the leaver's leave was due, on the history's clock, with the labels of its edges. */
export interface Due {
  readonly fromMs: number;
  readonly toMs: number;
  readonly opens: string;
  readonly closes: string;
}

type DueEnding = ReturnType<typeof endingsOf>[number];

/**
 * Returns the window from the detection; for a missing leave, from its deadline. Older records have no deadline: then the
 * window ends with the wait that is evidence of the failed check. Undefined if the record has none of them.
 */
export function dueOf(
  run: CaseRecord,
  timeline: readonly HistoryEvent[],
  leaver: string,
  evidence: ReadonlySet<number>,
): Due | undefined {
  const endings = endingsOf(timeline).filter(({ actor }) => actor === leaver);
  const end = endings.find(({ index }) => evidence.has(index)) ?? endings[0];
  if (end === undefined) return undefined;
  const sinceMs = effectOf(end, timeline);
  const own = run.detections.filter((one) => one.actor === leaver && one.cause === end.fault);
  const detection =
    endings.length === 1 ? own[0] : own.find((one) => isHeardIn(timeline, one, sinceMs + one.latencyMs));
  return detection === undefined
    ? (deadlineOf(run, end, sinceMs, endings.length) ?? missedBy(run, timeline, end, sinceMs))
    : windowOf(detection, sinceMs);
}

/** Returns the time at which the end reached the target, according to its witness. */
function effectOf(end: DueEnding, timeline: readonly HistoryEvent[]): number {
  const witness = timeline
    .filter((e) => e.kind === "fault-witnessed")
    .find((e) => e.actor === end.actor && e.fault === end.fault && e.index > end.index);
  return witness?.effectAtMs ?? end.atMs;
}

/** Returns true if a leave came at the time of the detection, which then belongs to this end. */
const isHeardIn = (timeline: readonly HistoryEvent[], { observer }: Detection, atMs: number): boolean =>
  timeline.some((e) => e.kind === "notice" && e.actor === observer && Math.abs(e.atMs - atMs) < 0.01);

function windowOf({ earliestMs, latestMs }: Detection, sinceMs: number): Due | undefined {
  const toMs = sinceMs + latestMs;
  if (!Number.isFinite(toMs)) return undefined;
  return {
    fromMs: sinceMs + (earliestMs ?? 0),
    toMs,
    opens: opensWords(earliestMs),
    closes: `leave due by ${duration(latestMs)} after the end`,
  };
}

function opensWords(earliestMs: number | null): string {
  if (earliestMs === null) return "leave due, no earliest moment known";
  return earliestMs === 0
    ? "leave due from the end on"
    : `leave due from ${duration(earliestMs)} after the end`;
}

/** Returns the window of a leave that reached no observer. Several ends by the same fault can't be told apart. */
function deadlineOf(
  { missed = [], detections }: CaseRecord,
  { actor, fault, ends }: DueEnding,
  sinceMs: number,
  endings: number,
): Due | undefined {
  const isOwn = (one: { readonly actor: string; readonly cause: string }) =>
    one.actor === actor && one.cause === fault;
  const latestMs = Math.max(...missed.filter(isOwn).map((one) => one.latestMs));
  if (endings !== 1 || !Number.isFinite(latestMs) || detections.some(isOwn)) return undefined;
  return {
    fromMs: sinceMs,
    toMs: sinceMs + latestMs,
    opens: opensOf(ends),
    closes: `leave due by ${duration(latestMs)} after ${ends === "silently" ? "that" : "the end"}, none came`,
  };
}

const opensOf = (ends: DueEnding["ends"]): string =>
  ends === "silently" ? "silent from here on" : "a leave is due";

function missedBy(
  run: CaseRecord,
  timeline: readonly HistoryEvent[],
  end: DueEnding,
  sinceMs: number,
): Due | undefined {
  const missed = checksOf(run, "fail").filter(
    ({ check, evidence }) => kindOfCheck(check).provesLeave === true && evidence.includes(end.index),
  );
  const waited = timeline.find(
    (e) => e.kind === "waited-out" && missed.some(({ evidence }) => evidence.includes(e.index)),
  );
  if (waited === undefined) return undefined;
  return {
    fromMs: sinceMs,
    toMs: waited.atMs,
    opens: opensOf(end.ends),
    closes: "every deadline has passed, no leave came",
  };
}
