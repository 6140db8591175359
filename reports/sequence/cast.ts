import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { leaverBefore } from "../../harness/history/phase.ts";
import { groupBy } from "../read/record-queries.ts";

/** Lifeline with its role. */
export interface Lane {
  readonly name: string;
  readonly role: string;
  /** True for a lifeline that a narrow screen leaves out: every listener after the first, and further leavers. */
  readonly extra: boolean;
}

/** Lifelines of a diagram, from left to right: the leaver, its proxy, the target, the others that matter. */
export interface Cast {
  readonly lanes: readonly Lane[];
  readonly leaver: string;
  /** All actors that leave in this case. */
  readonly leavers: ReadonlySet<string>;
  /** True if the leaver only falls silent, so that its last byte counts. */
  readonly isSilent: boolean;
  /** Names of the leavers in notices. */
  readonly names: ReadonlySet<string>;
  /** Lane of the leaver's proxy, if a fault or a held message makes it relevant. */
  readonly proxy: number | null;
  readonly target: number;
  readonly laneOf: (actor: string) => number | undefined;
  /** Listeners without a lifeline, which received the same leaves as one of those shown. */
  readonly alike: readonly string[];
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

/** Returns the events of the case's own actors, without those of sentinels. */
export function playedIn(timeline: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const sentinels = new Set(timeline.filter((e) => e.kind === "sentinel-ended").map(({ actor }) => actor));
  return timeline.filter((e) => !unplayed.has(e.kind) && !sentinels.has(e.actor));
}

/** Selects the actors most relevant to the evidence; null if no actor has events. */
export function castOf(timeline: readonly HistoryEvent[], evidence: ReadonlySet<number>): Cast | null {
  const played = playedIn(timeline);
  const leaver = leaverOf(played, evidence);
  if (leaver === undefined) return null;
  const gone = new Set(endingsOf(played).map(({ actor }) => actor));
  const leavers = new Set([leaver, ...gone]);
  const { others, alike } = othersOf(played, leaver, leavers, evidence);
  const atProxy = played.some(
    (e) => e.actor === leaver && (e.kind === "fault-injected" || e.kind === "identify-held"),
  );
  const roleOf = (actor: string) => (gone.has(actor) ? "leaves, too" : listensBy(actor, played));
  const lanes = [
    { name: leaver, role: gone.has(leaver) ? "leaves" : "acts", extra: false },
    ...(atProxy ? [{ name: "proxy", role: "before the target", extra: false }] : []),
    { name: "target", role: "under test", extra: false },
    ...others.map((actor, place) => ({ name: actor, role: roleOf(actor), extra: place > 0 })),
  ];
  const target = atProxy ? 2 : 1;
  const laneOf = new Map(
    [leaver, ...others].map((actor, place) => [actor, place === 0 ? 0 : target + place]),
  );
  return {
    lanes,
    leaver,
    leavers,
    isSilent: endingsOf(played).some(({ actor, ends }) => actor === leaver && ends === "silently"),
    names: namesOf(played, leavers),
    proxy: atProxy ? 1 : null,
    target,
    laneOf: (actor) => laneOf.get(actor),
    alike,
  };
}

/** Returns the faults that end a session. */
export const endingsOf = (events: readonly HistoryEvent[]) =>
  events.filter((e) => e.kind === "fault-injected").filter(({ ends }) => ends !== "not");

function listensBy(actor: string, played: readonly HistoryEvent[]): string {
  const opened = played.find(
    (e) => e.actor === actor && (e.kind === "opened" || e.kind === "observer-attached"),
  );
  return opened !== undefined && "transport" in opened ? `listens, ${opened.transport}` : "listens";
}

/**
 * Returns the leaver: the actor of its end is evidence, or a notice in the evidence names it, or it is
 * the first that left.
 */
function leaverOf(played: readonly HistoryEvent[], evidence: ReadonlySet<number>): string | undefined {
  const shown = played.filter(({ index }) => evidence.has(index));
  // In phase "hearing" another client leaves first, which is not the subject of the case.
  const endings = endingsOf(played).toSorted(
    (a, b) => Number(a.actor === leaverBefore) - Number(b.actor === leaverBefore),
  );
  const named = new Set(shown.flatMap((e) => (e.kind === "notice" && e.client !== null ? [e.client] : [])));
  const owner = played.find((e) => e.kind === "identify-sent" && named.has(e.client))?.actor;
  const [first] = [
    ...endings.filter(({ index }) => evidence.has(index)),
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

/**
 * Selects the other actors: those with evidence, then other leavers, then one listener for each set of received leaves.
 * Listeners come first.
 */
function othersOf(
  played: readonly HistoryEvent[],
  leaver: string,
  leavers: ReadonlySet<string>,
  evidence: ReadonlySet<number>,
): { readonly others: readonly string[]; readonly alike: readonly string[] } {
  const names = namesOf(played, leavers);
  const all = [...groupBy(played, ({ actor }) => actor)]
    .filter(([actor]) => actor !== leaver)
    .map(([actor, events]) => ({
      actor,
      received: leavesIn(events, names),
      isEvident: events.some(({ index }) => evidence.has(index)),
      leaves: leavers.has(actor),
    }));
  const ranked = [
    ...all.filter(({ isEvident }) => isEvident),
    ...all.filter(({ isEvident, leaves }) => !isEvident && leaves),
    ...all.filter(({ isEvident, leaves, received }) => !isEvident && !leaves && received !== ""),
    ...all.filter(({ isEvident, leaves, received }) => !isEvident && !leaves && received === ""),
  ];
  const isSeen = (one: (typeof all)[number], earlier: typeof all) =>
    earlier.some(({ leaves, received }) => !leaves && received === one.received);
  const chosen = ranked
    .filter((one, place) => one.isEvident || one.leaves || !isSeen(one, ranked.slice(0, place)))
    .slice(0, othersMax);
  return {
    others: chosen.toSorted((a, b) => Number(a.leaves) - Number(b.leaves)).map(({ actor }) => actor),
    alike: ranked
      .filter((one) => !one.leaves && !chosen.includes(one) && isSeen(one, chosen))
      .map(({ actor }) => actor),
  };
}

/** Returns the leaves that an actor received, as a text to compare. Their order does not count. */
const leavesIn = (events: readonly HistoryEvent[], names: ReadonlySet<string>): string =>
  events
    .flatMap((e) =>
      e.kind === "notice" && e.event === "leave" && (e.client === null || names.has(e.client))
        ? [e.client ?? ""]
        : [],
    )
    .sort()
    .join("\n");
