import type { Attempt } from "../../judge/attempts/judged-attempt.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { isMalformedIdentify } from "../../history/malformed-identify.ts";
import { misnamedLeaves } from "../../history/leaves/misnamed-leaves.ts";
import type { Profile } from "../../profile/profile.ts";
import { isNoName } from "../../history/notice.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import type { Case } from "../../scenario/scenario.ts";

type Attempts = ReadonlyMap<Case, readonly Attempt[]>;

/**
 * Attributes notices that no case owns. A target may announce a client under a changed name, or without one. All cases receive such
 * a notice, and the name does not tell which case caused it. If a case receives the name again when it runs alone, it
 * caused the notice. Then the notice counts for the cases that leave in the same phase, and is removed from all others. A notice that
 * came in place of a due leave, alone and here, counts, too.
 * @returns function that attributes the notices of one attempt at a case
 */
export function attributeUnclaimed(
  attempts: Attempts,
  profile: Profile,
): (one: Case, attempt: Attempt) => Attempt {
  const causes = causesIn(attempts);
  const misnamed = new Set(
    [...attempts.values()]
      .flat()
      .flatMap((attempt) => (attempt.alone ? misnamedIn(attempt, profile).map(keyOf) : [])),
  );
  return (one, attempt) => {
    if (attempt.alone) return attempt;
    const ranAlone = (attempts.get(one) ?? []).some(({ alone }) => alone);
    const explained = unclaimedIn(attempt.events).filter((notice) => causes.has(keyOf(notice)));
    const isMisnamed = (notice: UnclaimedNotice) =>
      misnamed.has(keyOf(notice)) && misnamedIn(attempt, profile).includes(notice);
    const isOwn = (notice: UnclaimedNotice) => {
      const of = causes.get(keyOf(notice)) ?? [];
      if (ranAlone) return of.includes(one);
      if (isMisnamed(notice)) return true;
      // Histories of a property differ, so one of them is no cause only because another one is.
      if (one.scenario.isProperty === true && !isLikelyCause(attempt, notice, profile)) return false;
      return of.some((cause) => likenessOf(cause) === likenessOf(one));
    };
    // A case that probably is a cause, too, and has not run alone, stays open.
    const isOpen = (notice: UnclaimedNotice) => !ranAlone && isLikelyCause(attempt, notice, profile);
    const others = explained.filter((notice) => !isOwn(notice) && !isOpen(notice));
    const isExplained = explained.some((notice) => isOwn(notice) && (!ranAlone || isMisnamed(notice)));
    const own = isExplained ? { explained: true } : {};
    const events = others.length === 0 ? attempt.events : without(attempt.events, others);
    return others.length === 0 && explained.length === 0 ? attempt : { ...attempt, ...own, events };
  };
}

/**
 * Returns the case that probably caused an unexplained notice. Passes over cases that are like one that has run alone.
 * @param undecided cases that wait for an explanation
 * @returns undefined if no such case is left
 */
export function nextSuspect(
  undecided: readonly Case[],
  attempts: Attempts,
  profile: Profile,
): Case | undefined {
  const causes = causesIn(attempts);
  const tried = new Set<string>();
  for (const [one, all] of attempts) if (all.some(({ alone }) => alone)) tried.add(likenessOf(one));
  const suspects = undecided.flatMap((one) => {
    if (tried.has(likenessOf(one))) return [];
    return (attempts.get(one) ?? []).flatMap((attempt) =>
      unclaimedIn(attempt.events).flatMap((notice) =>
        suspicionOf({ one, attempt, notice, isExplained: causes.has(keyOf(notice)) }, profile),
      ),
    );
  });
  return suspects.sort((a, b) => Number(b.isLikely) - Number(a.isLikely) || a.afterMs - b.afterMs)[0]?.one;
}

interface Suspicion {
  readonly one: Case;
  /** See `isLikelyCause`. */
  readonly isLikely: boolean;
  /** Time from the case's last fault to the notice, in milliseconds. */
  readonly afterMs: number;
}

/** An unclaimed notice in an attempt at a case. */
interface Occurrence {
  readonly one: Case;
  readonly attempt: Attempt;
  readonly notice: UnclaimedNotice;
}

/** Returns the suspicion against a case. A notice that is explained may have a second cause only where that is likely. */
function suspicionOf(
  { one, attempt, notice, isExplained }: Occurrence & { readonly isExplained: boolean },
  profile: Profile,
): Suspicion[] {
  const { index, atMs } = notice;
  const isLikely = isLikelyCause(attempt, notice, profile);
  if (isExplained && !isLikely) return [];
  const fault = ofKind(attempt.events, "fault-injected").findLast(
    (e) => e.index < index && !isSentinel(e.actor),
  );
  return [{ one, isLikely, afterMs: fault === undefined ? Infinity : atMs - fault.atMs }];
}

/**
 * Returns true for a notice in place of a due leave, and for a notice without a name, where a client without a name ended before it or
 * sent a malformed identify.
 */
function isLikelyCause(attempt: Attempt, notice: UnclaimedNotice, profile: Profile): boolean {
  const { client, index } = notice;
  const { events } = attempt;
  if (misnamedIn(attempt, profile).includes(notice)) return true;
  if (!isNoName(client)) return false;
  return (
    events.some((event) => event.index < index && isMalformedIdentify(event)) ||
    sessionsOf(events).some(
      (session) =>
        personOf(session) === undefined && ((session.end ?? session.closed)?.index ?? Infinity) < index,
    )
  );
}

/** Returns the unclaimed notices that came in place of due leaves. */
const misnamedIn = ({ events }: Attempt, profile: Profile): UnclaimedNotice[] =>
  misnamedLeaves(events, profile).flatMap(({ notice }) => (notice.claimedBy === "nobody" ? notice : []));

/** Returns the cases that received each unclaimed notice when they ran alone. */
function causesIn(attempts: Attempts): ReadonlyMap<string, readonly Case[]> {
  const causes = new Map<string, Case[]>();
  for (const [one, all] of attempts) {
    const keys = all.filter(({ alone }) => alone).flatMap(({ events }) => unclaimedIn(events).map(keyOf));
    for (const key of new Set(keys)) causes.set(key, [...(causes.get(key) ?? []), one]);
  }
  return causes;
}

/** Cases are alike if their clients leave in the same phase, or if they are histories of one property. Any other case is like none. */
function likenessOf({ axes, id, scenario }: Case): string {
  if (scenario.isProperty === true) return `property ${scenario.id}`;
  return axes["phase"] === undefined ? `case ${id}` : `phase ${axes["phase"]}`;
}

type UnclaimedNotice = EventOf<"notice">;

const unclaimedIn = (events: readonly HistoryEvent[]): UnclaimedNotice[] =>
  ofKind(events, "notice").filter(({ claimedBy }) => claimedBy === "nobody");

const keyOf = ({ event, client }: UnclaimedNotice): string => `${event} ${JSON.stringify(client)}`;

function without(events: readonly HistoryEvent[], left: readonly HistoryEvent[]): HistoryEvent[] {
  return events.filter((event) => !left.includes(event)).map((event, index) => ({ ...event, index }));
}
