import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { groupBy } from "../read/digest.ts";

/** A lifeline, and what it is to the story. */
export interface Lane {
  readonly name: string;
  readonly role: string;
}

/** Who appears in a diagram, from left to right: who leaves, its proxy, the target, those who listen. */
export interface Cast {
  readonly lanes: readonly Lane[];
  readonly leaver: string;
  /** The leaver, and whoever else leaves in this case. */
  readonly leavers: ReadonlySet<string>;
  /** Whether the leaver only falls silent, so that its last byte counts. */
  readonly isSilent: boolean;
  /** What notices call the leavers. */
  readonly names: ReadonlySet<string>;
  /** The leaver's proxy, where a fault or a hold makes it matter. */
  readonly proxy: number | null;
  readonly target: number;
  readonly laneOf: (actor: string) => number | undefined;
}

/** More lifelines than the leaver's, its proxy's, the target's and these crowd a diagram. */
const othersMax = 3;

/** What the harness tells of itself, of the target or of all; it makes nobody an actor. */
const unplayed = new Set<HistoryEvent["kind"]>([
  "waited-out",
  "harness-lagged",
  "target-stopped",
  "target-started",
  "passed-by",
  "overheard",
]);

/** The actors that matter most to the evidence; null where nobody acts. */
export function castOf(timeline: readonly HistoryEvent[], evidence: ReadonlySet<number>): Cast | null {
  const sentinels = new Set(timeline.filter((e) => e.kind === "sentinel-ended").map(({ actor }) => actor));
  const played = timeline.filter((e) => !unplayed.has(e.kind) && !sentinels.has(e.actor));
  const leaver = leaverOf(played, evidence);
  if (leaver === undefined) return null;
  const others = othersOf(played, leaver, evidence);
  const atProxy = played.some(
    (e) => e.actor === leaver && (e.kind === "fault-injected" || e.kind === "identify-held"),
  );
  const gone = new Set(endingsOf(played).map(({ actor }) => actor));
  const lanes = [
    { name: leaver, role: gone.has(leaver) ? "leaves" : "acts" },
    ...(atProxy ? [{ name: "proxy", role: "before the target" }] : []),
    { name: "target", role: "under test" },
    ...others.map((actor) => ({ name: actor, role: gone.has(actor) ? "leaves, too" : "listens" })),
  ];
  const target = atProxy ? 2 : 1;
  const laneOf = new Map(
    [leaver, ...others].map((actor, place) => [actor, place === 0 ? 0 : target + place]),
  );
  const leavers = new Set([leaver, ...gone]);
  return {
    lanes,
    leaver,
    leavers,
    isSilent: endingsOf(played).some(({ actor, ends }) => actor === leaver && ends === "silently"),
    names: namesOf(played, leavers),
    proxy: atProxy ? 1 : null,
    target,
    laneOf: (actor) => laneOf.get(actor),
  };
}

/** The faults that end a session. */
export const endingsOf = (events: readonly HistoryEvent[]) =>
  events.filter((e) => e.kind === "fault-injected").filter(({ ends }) => ends !== "not");

/** Who the failure is about: the one whose end is evidence, or whom a notice in the evidence names, or who left at all. */
function leaverOf(played: readonly HistoryEvent[], evidence: ReadonlySet<number>): string | undefined {
  const shown = played.filter(({ index }) => evidence.has(index));
  const endings = endingsOf(played);
  const named = new Set(shown.flatMap((e) => (e.kind === "notice" && e.client !== null ? [e.client] : [])));
  const owner = played.find((e) => e.kind === "identify-sent" && named.has(e.client))?.actor;
  const [first] = [
    ...endingsOf(shown),
    ...endings.filter(({ actor }) => actor === owner),
    ...endings,
    ...played.filter(({ kind }) => kind === "fault-injected"),
    ...shown,
    ...played,
  ];
  return first?.actor;
}

const namesOf = (played: readonly HistoryEvent[], actors: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(played.flatMap((e) => (e.kind === "identify-sent" && actors.has(e.actor) ? [e.client] : [])));

/** Those who saw the evidence come first, then those who left as well, then those who heard of the leaver. */
function othersOf(
  played: readonly HistoryEvent[],
  leaver: string,
  evidence: ReadonlySet<number>,
): readonly string[] {
  const names = namesOf(played, new Set([leaver]));
  const weightOf = (events: readonly HistoryEvent[]): number =>
    (events.some(({ index }) => evidence.has(index)) ? 4 : 0) +
    (endingsOf(events).length > 0 ? 2 : 0) +
    (events.some((e) => e.kind === "notice" && e.client !== null && names.has(e.client)) ? 1 : 0);
  const ranked = [...groupBy(played, ({ actor }) => actor)]
    .filter(([actor]) => actor !== leaver)
    .map(([actor, events]) => ({ actor, weight: weightOf(events), ends: endingsOf(events).length > 0 }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, othersMax);
  return ranked.toSorted((a, b) => Number(a.ends) - Number(b.ends)).map(({ actor }) => actor);
}
