import { arrowOf, type EventOf, type HistoryEvent } from "../../harness/history/events/events.ts";
import type { Phrase, Slot } from "../../harness/history/events/phrase.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { evidenceOf } from "../read/record-queries.ts";
import { causalOrder } from "../read/causal-order.ts";
import { castOf, endingsOf, type Cast, type Lane } from "./cast.ts";
import { dueOf, type Due } from "./due.ts";
import { isHeld, isRelease } from "./held-identify.ts";
import { storyOf } from "./story.ts";
import { count, countOf, duration, show } from "../words/text.ts";
import { excerpt, markOf, type Mark } from "../read/timeline.ts";

/** Arrow between two lanes, or an event on one lane. Without a lane a lane concerns all lanes. */
export interface Happening {
  readonly shape: "arrow" | "point";
  readonly atMs: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly label: string;
  readonly mark: Mark;
  /** Role of the event as a fault or witness. It may be evidence, too. */
  readonly role: Exclude<Mark, "evidence">;
}

/** Edge of the window in which the leave was due. */
interface Edge {
  readonly shape: "opens" | "closes";
  readonly atMs: number;
  readonly label: string;
}

/** Pause, or omitted events. */
interface Break {
  readonly shape: "break";
  readonly label: string;
}

export type SequenceRow = Happening | Edge | Break;

/** History as a diagram: one event per row, from top to bottom. */
export interface Sequence {
  /** The case in a sentence; undefined if no fault began. */
  readonly story: string | undefined;
  readonly lanes: readonly Lane[];
  readonly rows: readonly SequenceRow[];
  /** Rows between which an actor is gone. */
  readonly absences: readonly { readonly lane: number; readonly from: number; readonly to: number }[];
  readonly drawn: number;
  readonly total: number;
  /** Listeners without a lifeline, which received the same leaves as one of those shown. */
  readonly alike: readonly string[];
}

/** Maximum number of events. With edges, breaks and a released identify, a diagram has at most 40 rows. */
const happeningsMax = 30;
const breaksMax = 7;

/** Shortest pause that is shown. */
const pauseMs = 250;

/** Returns the diagram of a case; null if it has no history or no actors. */
export function sequenceOf(run: CaseRecord): Sequence | null {
  const { timeline = [] } = run;
  const evidence = evidenceOf(run);
  const cast = castOf(timeline, evidence);
  if (cast === null) return null;
  const drawable = causalOrder(timeline)
    .filter((event) => matters(event, cast, evidence) && !isRepeated(event, timeline, evidence))
    .map((event) => ({ ...event, atMs: momentOf(event, timeline) }))
    .sort((a, b) => a.atMs - b.atMs);
  const kept = excerpt(drawable, evidence, happeningsMax).flatMap((one) => ("event" in one ? one.event : []));
  const due = dueOf(run, timeline, cast.leaver, evidence);
  const happenings = kept.flatMap((event): readonly Timed[] => [
    { event, row: happeningOf(event, timeline, cast, evidence) },
    ...(event.actor === cast.leaver && isRelease(event, timeline)
      ? [{ row: releaseOf(event.atMs, cast) }]
      : []),
  ]);
  const timed = withEdges(happenings, due);
  const rows = withBreaks(timed.map(({ row }) => row));
  return {
    story: storyOf(run),
    lanes: cast.lanes,
    rows,
    absences: absencesOf(timed, rows, cast),
    drawn: kept.length,
    total: timeline.length,
    alike: cast.alike,
  };
}

interface Timed {
  readonly event?: HistoryEvent;
  readonly row: Happening | Edge;
}

/** Returns true for events to draw: evidence, the leaver's actions, and the notices about it. */
function matters(event: HistoryEvent, cast: Cast, evidence: ReadonlySet<number>): boolean {
  if (evidence.has(event.index)) return true;
  switch (event.kind) {
    case "harness-lagged":
    case "message":
    case "wrong-content-length":
    case "heard":
    case "observer-attached":
      return false;
    case "last-byte-forwarded":
      return event.actor === cast.leaver && cast.isSilent;
    case "notice":
      return (
        cast.laneOf(event.actor) !== undefined &&
        (event.event === "leave" || (event.client !== null && cast.names.has(event.client)))
      );
    case "waited-out":
    case "sentinel-ended":
    case "target-stopped":
    case "target-started":
    case "passed-by":
    case "probed":
      return true;
    case "opened":
    case "connected":
    case "identify-sent":
      return cast.leavers.has(event.actor) && cast.laneOf(event.actor) !== undefined;
    default:
      return cast.laneOf(event.actor) !== undefined;
  }
}

/** Returns true for a last byte that the history states once more. */
const isRepeated = (
  event: HistoryEvent,
  timeline: readonly HistoryEvent[],
  evidence: ReadonlySet<number>,
): boolean =>
  event.kind === "last-byte-forwarded" &&
  !evidence.has(event.index) &&
  timeline.some(
    (e) =>
      e.kind === "last-byte-forwarded" &&
      e.actor === event.actor &&
      e.forwardedAtMs === event.forwardedAtMs &&
      e.index > event.index,
  );

/** Returns the time of an event, which may be before the harness learned of it. */
function momentOf(event: HistoryEvent, timeline: readonly HistoryEvent[]): number {
  if (event.kind === "last-byte-forwarded") return event.forwardedAtMs;
  return event.kind === "fault-witnessed" && isSeen(event, timeline) ? event.effectAtMs : event.atMs;
}

/** Returns true if the target could see the witnessed end. */
function isSeen(
  { actor, fault, index }: EventOf<"fault-witnessed">,
  timeline: readonly HistoryEvent[],
): boolean {
  const injected = timeline
    .filter((e) => e.kind === "fault-injected")
    .findLast((e) => e.actor === actor && e.fault === fault && e.index < index);
  return injected?.ends === "visibly";
}

const nothing: ReadonlySet<number> = new Set();

function roleOf(event: HistoryEvent): Happening["role"] {
  const role = markOf(event, nothing);
  return role === "evidence" ? "none" : role;
}

const releaseOf = (atMs: number, { proxy, target }: Cast): Happening => ({
  shape: "arrow",
  atMs,
  from: proxy,
  to: target,
  label: "the held identify goes on",
  mark: "none",
  role: "none",
});

function happeningOf(
  event: HistoryEvent,
  timeline: readonly HistoryEvent[],
  cast: Cast,
  evidence: ReadonlySet<number>,
): Happening {
  const { way, label: phrase } = arrowOf(event);
  const label = textOf(phrase);
  const lane = cast.laneOf(event.actor) ?? null;
  const mark = markOf(event, evidence);
  const base = { atMs: event.atMs, label, mark, role: roleOf(event) };
  const point = (at: number | null): Happening => ({ ...base, shape: "point", from: at, to: at });
  const arrow = (from: number | null, to: number | null): Happening =>
    from === null || to === null ? point(null) : { ...base, shape: "arrow", from, to };
  switch (way) {
    case "sent":
      return arrow(lane, event.actor === cast.leaver && isHeld(event, timeline) ? cast.proxy : cast.target);
    case "received":
      return arrow(cast.target, lane);
    case "actor":
      return point(lane);
    case "target":
      return point(cast.target);
    case "all":
      return point(null);
    case "proxy": {
      const proxy = event.actor === cast.leaver ? cast.proxy : lane;
      const forwards =
        event.kind === "last-byte-forwarded" || (event.kind === "fault-witnessed" && isSeen(event, timeline));
      return forwards ? arrow(proxy, cast.target) : point(proxy);
    }
  }
}

/** Adds the window's edges to the rows: its start before events of the same time, its end after them. */
function withEdges(happenings: readonly Timed[], due: Due | undefined): readonly Timed[] {
  if (due === undefined) return happenings;
  const before = (atMs: number) => happenings.filter(({ row }) => row.atMs < atMs);
  const opens: Timed = { row: { shape: "opens", atMs: due.fromMs, label: due.opens } };
  const closes: Timed = { row: { shape: "closes", atMs: due.toMs, label: due.closes } };
  return [
    ...before(due.fromMs),
    opens,
    ...happenings.filter(({ row }) => row.atMs >= due.fromMs && row.atMs <= due.toMs),
    closes,
    ...happenings.filter(({ row }) => row.atMs >= due.fromMs && row.atMs > due.toMs),
  ];
}

/** Adds the longest pauses as breaks. */
function withBreaks(rows: readonly (Happening | Edge)[]): readonly SequenceRow[] {
  const pauses = rows
    .map((row, place) => ({ place, ms: row.atMs - (rows[place - 1]?.atMs ?? row.atMs) }))
    .filter(({ ms }) => ms >= pauseMs)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, breaksMax);
  const before = new Map(pauses.map(({ place, ms }) => [place, ms]));
  return rows.flatMap((row, place): SequenceRow[] => {
    const ms = before.get(place);
    return ms === undefined ? [row] : [{ shape: "break", label: duration(ms) }, row];
  });
}

/** Returns the spans in which actors are gone: from the fault that ends a session until its actor opens another one. */
function absencesOf(timed: readonly Timed[], rows: readonly SequenceRow[], cast: Cast): Sequence["absences"] {
  const events = timed.flatMap(({ event }) => event ?? []);
  const rowOf = new Map(
    timed.flatMap(({ event, row }) =>
      event === undefined ? [] : [[event.index, rows.indexOf(row)] as const],
    ),
  );
  return endingsOf(events).flatMap((end) => {
    const lane = cast.laneOf(end.actor);
    if (lane === undefined) return [];
    const back = events.find(
      (e) => e.kind === "opened" && e.actor === end.actor && e.atMs > end.atMs && e.index > end.index,
    );
    return { lane, from: rowOf.get(end.index) ?? 0, to: rowOf.get(back?.index ?? -1) ?? rows.length };
  });
}

/** Describes the diagram in a sentence for screen readers. */
export function sequenceWords({ lanes, drawn, total }: Sequence): string {
  return `Sequence diagram with ${countOf(lanes.length, "lifeline")}, ${count(drawn)} of ${countOf(total, "event")}`;
}

/** Returns a label as text. A value too long for an arrow is cut. */
const textOf = (label: Phrase): string =>
  label.map((part) => (typeof part === "string" ? part : shortened(part))).join("");

function shortened({ value, max }: Slot): string {
  const { text, cutFrom } = show(value, max);
  return cutFrom === null ? text : `${text}…`;
}
