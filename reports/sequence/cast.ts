import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { groupBy } from "../read/record-queries.ts";

/** Lifeline with its role. */
export interface Lane {
  readonly name: string;
  readonly role: string;
}

/** Lifelines of a diagram, from left to right: the leaver, its proxy, the target, the listeners. */
export interface Cast {
  readonly lanes: readonly Lane[];
  readonly leaver: string;
  /** All actors that leave in this case. */
  readonly leavers: ReadonlySet<string>;
  /** True if the leaver only falls silent, so that its last byte counts. */
  readonly isSilent: boolean;
  /** Names of in leavers in notices. */
  readonly names: ReadonlySet<string>;
  /** Lane of the leaver's proxy, if a fault or a held message makes it relevant. */
  readonly proxy: number | null;
  readonly target: number;
  readonly laneOf: (actor: string) => number | undefined;
}

/** Maximum number of lifelines beside the leaver, its proxy and the target. */
const othersMax = 3;

/** Events of the harness, the target or everybody. They add no lifeline. */
const unplayed = new Set<HistoryEvent["kind"]>([
  "waited-out",
  "harness-lagged",
  "target-stopped",
  "target-started",
  "passed-by",
  "overheard",
]);

/** Selects the actors most relevant to the evidence; null if no actor has events. */
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

/** Returns the faults that end a session. */
export const endingsOf = (events: readonly HistoryEvent[]) =>
  events.filter((e) => e.kind === "fault-injected").filter(({ ends }) => ends !== "not");

/**
 * Returns the leaver that the actor of its end is evidence, or a notice in the evidence names it, or it is
 * the first that left.
 */
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

/** Sorts the other actors: those with evidence first those with evidence, then other leavers, then those that got notices of the leaver. */
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
