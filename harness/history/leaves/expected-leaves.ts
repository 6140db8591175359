import type { EventOf, HistoryEvent } from "../history.ts";
import { lateToleranceMs } from "../lateness.ts";
import { clockErrorMs } from "../../util/clock-error.ts";
import { nameOf, countsNotices, namesNobody, namesSession, somebody } from "../notice.ts";
import { shownOnLists } from "./roster-visibility.ts";
import { namesAtEnd } from "../sessions/last-names.ts";
import {
  isSentinel,
  leavesHeard,
  livesAt,
  observersOf,
  ofKind,
  personOf,
  sessionsOf,
  surelyBackUntilMs,
  unansweredFromMs,
  visibleDeadlineMs,
  windowOf,
  type Session,
  type Window,
} from "../sessions/sessions.ts";
import { namesIn } from "../../profile/template.ts";
import type { Profile } from "../../profile/profile.ts";

/** A session that the harness began to end. */
type Ended = Session & { readonly end: EventOf<"fault-injected"> };

/** A session's end that the policy has announced, and the leave that announced it to one observer, if one did. */
export interface ExpectedLeave {
  readonly session: Session;
  readonly end: EventOf<"fault-injected">;
  readonly observer: string;
  /** Undefined where nothing is declared to notice such an end. */
  readonly window: Window | undefined;
  readonly leave: EventOf<"notice"> | undefined;
}

/** Every leave that is due in a history, for every observer. What the sentinels' own ends cause is left out. */
export function expectedLeaves(events: readonly HistoryEvent[], profile: Profile): ExpectedLeave[] {
  const expected = sessionsOf(events).flatMap((session) => {
    const { end } = session;
    const client = nameIn(session, profile);
    if (end === undefined || client === undefined || isSentinel(session.actor)) return [];
    if (!endsOf(events, client, profile).due.some((due) => same(due, session))) return [];
    return observersOf(session, events)
      .filter(listensInTime(session, profile))
      .map(({ actor: observer }) => ({
        session,
        end,
        observer,
        window: windowOf(session, profile),
        leave: leaveOf(session, observer, events, profile),
      }));
  });
  return profile.notice.roster === undefined ? expected : shownOnLists(expected, events);
}

/**
 * Leaves that an observer may be told of an identify that its session's end overtook, and is owed once it was told of the join.
 * From that on, at the latest, the target knows of both.
 */
export function takenBackLeaves(events: readonly HistoryEvent[], profile: Profile): ExpectedLeave[] {
  return sessionsOf(events).flatMap((session) => {
    const { end, held, opened } = session;
    if (end === undefined || held === undefined) return [];
    return observersOf(session, events).flatMap(({ actor: observer }) => {
      const leave = leaveOf(session, observer, events, profile);
      const join = ofKind(events, "notice").find(
        (n) =>
          n.event === "join" &&
          n.actor === observer &&
          n.client === personOf(session) &&
          n.index > opened.index,
      );
      if (leave === undefined && join === undefined) return [];
      const window = windowOf(session, profile);
      const joinMs = join === undefined ? 0 : join.atMs - (session.witness ?? end).atMs;
      return {
        session,
        end,
        observer,
        window: window && { ...window, latestMs: window.latestMs + Math.max(0, joinMs) },
        leave,
      };
    });
  });
}

/** Of those who come to a target that is up again only the first ones are sure to hear what it says of those before. */
const listensInTime =
  ({ restarted }: Session, { deadlines: { reconcileMs = 0 } }: Profile) =>
  ({ subscribed }: Session): boolean =>
    restarted === undefined || (subscribed?.atMs ?? Infinity) <= restarted.atMs + reconcileMs / 2;

/** The leave that announced the session's end to `observer`; undefined if none did. */
export function leaveOf(
  session: Session,
  observer: string,
  events: readonly HistoryEvent[],
  profile: Profile,
): EventOf<"notice"> | undefined {
  const { matched } = matchLeaves(events, profile, observer, nameIn(session, profile) ?? "");
  return matched.find(([ended]) => same(ended, session))?.[1];
}

/** Whether the actor left, and the policy announces none of its ends, since that person had other sessions. */
export function isUnannounced(events: readonly HistoryEvent[], profile: Profile, actor: string): boolean {
  const ended = sessionsOf(events).filter(
    (s) => s.actor === actor && s.end !== undefined && personOf(s) !== undefined,
  );
  return (
    ended.length > 0 &&
    ended.every(
      (session) => !endsOf(events, personOf(session) ?? "", profile).due.some((due) => same(due, session)),
    )
  );
}

/** A person's leaves as one observer heard them, each set against the end that it announces. */
export interface Matching {
  readonly matched: readonly (readonly [Session, EventOf<"notice">])[];
  /** Leaves for which no end is left that they could announce. */
  readonly undue: readonly EventOf<"notice">[];
}

/**
 * Sets leaves against ends. Sessions of one person look alike in a notice, so that first each leave goes to an end whose
 * window it falls into, the one that closes first: so many are in time as can be. What is left is an early leave of such
 * an end, or a late one of the eldest that has none yet. An end of which it is open whether it was the person's last takes
 * no late leave; one whose identify was on the way does, since nobody but the target knows which of them it was late with.
 */
export function matchLeaves(
  events: readonly HistoryEvent[],
  profile: Profile,
  observer: string,
  client: string,
): Matching {
  const { due, maybe } = endsOf(events, client, profile);
  const open = [...due, ...maybe].sort(byEnd);
  const matched: [Session, EventOf<"notice">][] = [];
  const assign = (
    leaves: readonly EventOf<"notice">[],
    choose: (leave: EventOf<"notice">) => Ended | undefined,
  ) =>
    leaves.filter((leave) => {
      const session = choose(leave);
      if (session === undefined) return true;
      open.splice(open.indexOf(session), 1);
      matched.push([session, leave]);
      return false;
    });
  const before = (leave: HistoryEvent) => open.filter((session) => mayHaveEnded(session, leave, profile));
  // Those that this observer is owed come first: a leave that may be is asked of nobody.
  const owed = due.filter((session) => observersOf(session, events).some(({ actor }) => actor === observer));
  const closingFirst = (leave: HistoryEvent) =>
    before(leave)
      .filter((session) => leave.atMs <= latestOf(session, profile))
      .sort(
        (a, b) =>
          Number(owed.includes(b)) - Number(owed.includes(a)) || latestOf(a, profile) - latestOf(b, profile),
      );
  const outside = assign(leavesHeard(events, observer, client), (leave) =>
    closingFirst(leave).find((session) => leave.atMs >= earliestOf(session, profile)),
  );
  const undue = assign(outside, (leave) => {
    const late = before(leave);
    return (
      closingFirst(leave)[0] ??
      late.find((session) => owed.includes(session)) ??
      late.find((session) => due.includes(session)) ??
      late.find(({ held }) => held !== undefined)
    );
  });
  return { matched, undue };
}

/** Whether the session's end began before the leave, or the target may have given it up by then. */
const mayHaveEnded = (session: Ended, { index, atMs }: HistoryEvent, profile: Profile): boolean =>
  session.end.index < index || (unansweredFromMs(session, profile) ?? Infinity) <= atMs;

// What is early or late by no more than a check allows for is inside, or it would be set against another end.
const earliestOf = (session: Session, profile: Profile) =>
  (windowOf(session, profile)?.earliestMs ?? 0) - clockErrorMs;
const latestOf = (session: Session, profile: Profile, toleranceMs = lateToleranceMs) =>
  (windowOf(session, profile)?.latestMs ?? Infinity) + toleranceMs;

/**
 * The ended sessions of `client` that the policy announces. With `last`, only those at whose end no other session of
 * that person lives. `maybe` are those where that depends on which of an end and a new beginning the target saw first,
 * as with a reload, or whether it had noticed that another had fallen silent; those whose identify was still on its way,
 * which may have come too late to count; and those of sessions that never identified, where a notice does not name client
 * data. Whoever came back well within a declared grace has not
 * left.
 */
function endsOf(
  events: readonly HistoryEvent[],
  client: string,
  profile: Profile,
): { readonly due: readonly Ended[]; readonly maybe: readonly Ended[] } {
  const own = sessionsOf(events).filter((session) => nameIn(session, profile) === client);
  const ended = own.filter(isEnded);
  if (profile.sessions === "each") {
    const unidentified = sessionsOf(events).filter((session) => mayBeTold(session, client, profile));
    return {
      due: ended.filter(({ held }) => held === undefined),
      maybe: [...ended.filter(({ held }) => held !== undefined), ...unidentified.filter(isEnded)],
    };
  }
  const last = ended.filter((session) => own.every((other) => !livesAt(other, session.end.index)));
  const reopened = (session: Ended) =>
    own.some(
      ({ opened }) =>
        opened.index > session.end.index && opened.atMs <= latestOf(session, profile, clockErrorMs),
    );
  const cameBack = (session: Ended) =>
    own.some(({ identified }) =>
      identified.some(
        (i) => i.index > session.end.index && i.atMs <= surelyBackUntilMs(session.end, profile),
      ),
    );
  const open = last.filter((session) => !cameBack(session));
  // Until silence is noticed, whoever fell silent before is there for the target.
  const notLast = ({ end }: Ended) =>
    ended.some(
      (other) =>
        other.end.ends === "silently" &&
        other.end.index < end.index &&
        end.atMs <= latestOf(other, profile, clockErrorMs),
    );
  const uncertain = (session: Ended) => session.held !== undefined || reopened(session) || notLast(session);
  return { due: open.filter((session) => !uncertain(session)), maybe: open.filter(uncertain) };
}

/** What a leave of the session is told as; undefined where it never identified and nobody declared that it is told. */
function nameIn(session: Session, profile: Profile): string | undefined {
  return (
    personOf(session) ?? (profile.unidentified === "announced" ? strangersName(session, profile) : undefined)
  );
}

/** What a leave names of a session that never identified: nothing that a client would have said of itself. */
function strangersName(
  { opened: { sessionId } }: Pick<Session, "opened">,
  profile: Profile,
): string | undefined {
  if (namesNobody(profile.notice)) return somebody;
  if (sessionId === null || !namesSession(profile.notice)) return undefined;
  const name = nameOf(profile, { sessionId });
  return namesIn(name).length === 0 ? name : undefined;
}

/** Of a session that never identified, a leave may be told; or not, where nobody declared either. */
function mayBeTold(session: Session, client: string, profile: Profile): boolean {
  return (
    profile.unidentified === "unknown" &&
    personOf(session) === undefined &&
    strangersName(session, profile) === client
  );
}

const isEnded = (session: Session): session is Ended => session.end !== undefined;
const same = (a: Session, b: Session) => a.opened.index === b.opened.index;
const byEnd = (a: Ended, b: Ended) => a.end.index - b.end.index;

/** A leave that nothing in the history accounts for. */
export interface UndueLeave {
  readonly notice: EventOf<"notice">;
  /** `again`: the person had left, and that was announced. `false`: it had not, or nobody knows it. */
  readonly kind: "again" | "false";
  /** The actor that goes by that name, if any does. */
  readonly actor: string | undefined;
}

/** All leaves, of anybody, that no end accounts for; also those that name somebody whom no case knows. */
export function undueLeaves(events: readonly HistoryEvent[], profile: Profile): UndueLeave[] {
  const notices = ofKind(events, "notice").filter(({ event }) => event === "leave");
  const strangers = notices
    .filter(({ claimedBy }) => claimedBy === "nobody")
    .map((notice) => ({ notice, kind: "false", actor: undefined }) as const);
  const pairs = new Map(
    notices.flatMap(({ actor, client, claimedBy }) =>
      client === null || claimedBy === "nobody" ? [] : [[`${actor} ${client}`, { observer: actor, client }]],
    ),
  );
  const own = [...pairs.values()].flatMap(({ observer, client }) => {
    const { matched, undue } = matchLeaves(events, profile, observer, client);
    const sessions = sessionsOf(events).filter(({ identified }) =>
      identified.some((i) => i.client === client),
    );
    const excused = excuse(undue, events, profile, client);
    return undue.flatMap((notice): UndueLeave[] => {
      if (excused.has(notice)) return [];
      const ended = undue.filter((leave) => excused.get(leave) === "ended");
      const announced = [...matched.map(([, leave]) => leave), ...ended].some(
        (leave) => leave.index < notice.index,
      );
      const lives = sessions.some(
        (session) => livesAt(session, notice.index) && personOf(session) === client,
      );
      // Where each session is announced, a leave too many beside one that was due is the same one told again.
      const again = announced && (profile.sessions === "each" || !lives);
      const last = sessions.findLast(({ opened }) => opened.index < notice.index);
      return [{ notice, kind: again ? "again" : "false", actor: last?.actor }];
    });
  });
  return [...strangers, ...own].sort((a, b) => a.notice.index - b.notice.index);
}

/**
 * Leaves that no end of the harness's accounts for, and that are true all the same, once each: see `endedOtherwise`. With the
 * policy `last`, on a roster and on a status board, a person is its client data. A session that identifies with other data may
 * be told as the leave of whom it was before, once each time; or not, since the session lives.
 */
function excuse(
  undue: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
  profile: Profile,
  client: string,
): ReadonlyMap<HistoryEvent, Excuse["why"]> {
  const byData = profile.sessions === "last" || !countsNotices(profile.notice);
  const renamed = (byData ? replacementsOf(events, client) : []).map((index): Excuse => ({
    why: "renamed",
    from: { index, atMs: 0 },
  }));
  const open = [...renamed, ...endedOtherwise(events, profile, client)];
  const excused = new Map<HistoryEvent, Excuse["why"]>();
  for (const leave of undue) {
    const place = open.findIndex(({ from }) => from.index < leave.index && from.atMs <= leave.atMs);
    const [own] = place < 0 ? [] : open.splice(place, 1);
    if (own !== undefined) excused.set(leave, own.why);
  }
  return excused;
}

/** From when on a leave may be told that is due to nobody, and why. */
interface Excuse {
  readonly why: "renamed" | "ended";
  readonly from: Pick<HistoryEvent, "index" | "atMs">;
}

/**
 * What may be told as a leave of `client`, though no end of the harness's is announced by it: the end of a session that the
 * target closed, or its client by itself, which the target may have told of just before; that of a session under a name before
 * its last, which may never have been taken; and that of one which the target may have opened for a client that never saw it
 * open.
 */
function endedOtherwise(events: readonly HistoryEvent[], profile: Profile, client: string): Excuse[] {
  const ended = sessionsOf(events).flatMap((session): Excuse[] => {
    const { end, closed: lost, opened } = session;
    const own = namesAtEnd(session, events);
    if (end !== undefined) return own.slice(1).includes(client) ? [{ why: "ended", from: end }] : [];
    if (lost === undefined) return [];
    const names = own.length > 0 ? own : strangersNames(session, profile);
    const atMs = lost.atMs - visibleDeadlineMs(session, "", profile);
    return names.includes(client) ? [{ why: "ended", from: { index: opened.index, atMs } }] : [];
  });
  const requested = unopened(events, profile, client).map((from): Excuse => ({ why: "ended", from }));
  return [...ended, ...requested];
}

const strangersNames = (session: Pick<Session, "opened">, profile: Profile): string[] =>
  profile.unidentified === "silent" ? [] : [strangersName(session, profile) ?? []].flat();

/** Where sessions were asked for that never opened for their client, and whose end may be told as that of `client`. */
function unopened(events: readonly HistoryEvent[], profile: Profile, client: string): HistoryEvent[] {
  if (profile.unidentified === "silent") return [];
  if (namesNobody(profile.notice))
    return ofKind(events, "fault-injected").filter(
      ({ actor, index }) =>
        client === somebody &&
        !ofKind(events, "opened").some((opened) => opened.actor === actor && opened.index < index),
    );
  return ofKind(events, "session-requested").filter(
    ({ actor, sessionId }) =>
      nameOf(profile, { sessionId }) === client &&
      !ofKind(events, "opened").some((o) => o.actor === actor && o.sessionId === sessionId),
  );
}

/** Where sessions that went by `client` took another name: the indices of those identify messages. */
export function replacementsOf(events: readonly HistoryEvent[], client: string): number[] {
  return sessionsOf(events).flatMap(({ identified }) =>
    identified.flatMap(({ index, client: is }, place) => {
      const was = identified[place - 1]?.client;
      return was === client && is !== client ? [index] : [];
    }),
  );
}
