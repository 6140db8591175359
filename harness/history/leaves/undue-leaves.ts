import { ofKind, type EventOf, type HistoryEvent } from "../events/events.ts";
import { somebody } from "../notice-kind.ts";
import { countsNotices, nameOf, namesNobody } from "../notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { lastNames } from "../sessions/last-names.ts";
import { livesAt, personOf, sessionsOf, type Session } from "../sessions/sessions.ts";
import { visibleDeadlineMs } from "../sessions/windows.ts";
import { unidentifiedName } from "./announced-ends.ts";
import { matchLeaves } from "./matching.ts";

/** A leave that no event in the history accounts for. */
export interface UndueLeave {
  readonly notice: EventOf<"notice">;
  /** `again`: the person's leave had been announced before. `false`: the person had not left, or no case knows it. */
  readonly kind: "again" | "false";
  /** The actor of this name, if there is one. */
  readonly actor: string | undefined;
}

/** Returns all leaves that no end accounts for, including leaves with a name that no case knows. */
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
  const own = [...pairs.values()].flatMap(({ observer, client }) =>
    undueAt(observer, client, events, profile),
  );
  return [...strangers, ...own].sort((a, b) => a.notice.index - b.notice.index);
}

function undueAt(
  observer: string,
  client: string,
  events: readonly HistoryEvent[],
  profile: Profile,
): UndueLeave[] {
  const { matched, undue } = matchLeaves(events, profile, observer, client);
  const sessions = sessionsOf(events).filter(({ identified }) => identified.some((i) => i.client === client));
  const explained = explanations(undue, events, profile, client);
  return undue.flatMap((notice): UndueLeave[] => {
    if (explained.has(notice)) return [];
    const ended = undue.filter((leave) => explained.get(leave) === "ended");
    const announced = [...matched.map(([, leave]) => leave), ...ended].some(
      (leave) => leave.index < notice.index,
    );
    const lives = sessions.some((session) => livesAt(session, notice.index) && personOf(session) === client);
    // Where each session is announced, a surplus leave after a due one is the same leave sent again.
    const again = announced && (profile.sessions === "each" || !lives);
    const last = sessions.findLast(({ opened }) => opened.index < notice.index);
    return [{ notice, kind: again ? "again" : "false", actor: last?.actor }];
  });
}

/**
 * Returns the leaves that no end by the harness accounts for and that are true, each explained once: see `otherEnds`. With the policy
 * `last`, on a roster and on a status board, a person is its client data. There, a session that identifies with other data may
 * be announced as the leave of its former name, once each time. It need not be, since the session lives.
 */
function explanations(
  undue: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
  profile: Profile,
  client: string,
): ReadonlyMap<HistoryEvent, Explanation["why"]> {
  const byData = profile.sessions === "last" || !countsNotices(profile.notice);
  const renamed = (byData ? replacementsOf(events, client) : []).map((index): Explanation => ({
    why: "renamed",
    from: { index, atMs: 0 },
  }));
  const open = [...renamed, ...otherEnds(events, profile, client)];
  const explained = new Map<HistoryEvent, Explanation["why"]>();
  for (const leave of undue) {
    const place = open.findIndex(({ from }) => from.index < leave.index && from.atMs <= leave.atMs);
    const [own] = place < 0 ? [] : open.splice(place, 1);
    if (own !== undefined) explained.set(leave, own.why);
  }
  return explained;
}

/** The reason for one leave that is not due, and the earliest place for it. */
interface Explanation {
  readonly why: "renamed" | "ended";
  readonly from: Pick<HistoryEvent, "index" | "atMs">;
}

/**
 * Returns the other ends that may be announced as a leave of `client`:
 * - A session that the target closed, or its client by itself. The target may announce it shortly before.
 * - A session under a name before its last, if the target may never have taken the last.
 * - A session that the target may have opened for a client that never saw it open.
 */
function otherEnds(events: readonly HistoryEvent[], profile: Profile, client: string): Explanation[] {
  const ended = sessionsOf(events).flatMap((session): Explanation[] => {
    const { end, closed: lost, opened } = session;
    const own = lastNames(session, events);
    if (end !== undefined) return own.slice(1).includes(client) ? [{ why: "ended", from: end }] : [];
    if (lost === undefined) return [];
    const names = own.length > 0 ? own : unidentifiedNames(session, profile);
    const atMs = lost.atMs - visibleDeadlineMs(session, "", profile);
    return names.includes(client) ? [{ why: "ended", from: { index: opened.index, atMs } }] : [];
  });
  const requested = unopened(events, profile, client).map((from): Explanation => ({ why: "ended", from }));
  return [...ended, ...requested];
}

const unidentifiedNames = (session: Pick<Session, "opened">, profile: Profile): string[] =>
  profile.unidentified === "silent" ? [] : [unidentifiedName(session, profile) ?? []].flat();

/** Returns the requests for sessions that never opened for their client, and whose end may be announced as that of `client`. */
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

/** Returns the indices of the identify messages by which sessions changed from `client` to another name. */
export function replacementsOf(events: readonly HistoryEvent[], client: string): number[] {
  return sessionsOf(events).flatMap(({ identified }) =>
    identified.flatMap(({ index, client: is }, place) => {
      const was = identified[place - 1]?.client;
      return was === client && is !== client ? [index] : [];
    }),
  );
}
