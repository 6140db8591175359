import { setTimeout } from "node:timers/promises";
import { usualLeaveLimitMs } from "../../harness/stage/connection-settings.ts";
import { close } from "../../harness/stage/faults/close.ts";
import { disconnect } from "../../harness/stage/faults/disconnect.ts";
import { fin } from "../../harness/stage/faults/fin.ts";
import { patienceMs } from "../../harness/stage/limits.ts";
import type { NoticeOwners, EarlierSessions } from "../../harness/stage/notice-owners.ts";
import { isProbe } from "../../harness/history/probe-message.ts";
import type { History } from "../../harness/history/history.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../harness/history/events/events.ts";
import { namesNobody, namesSession } from "../../harness/history/notice.ts";
import { byMessage, type Profile } from "../../harness/profile/profile.ts";
import { newToken, onStage, type OpenStage } from "./on-stage.ts";
import { quote } from "../wire/words.ts";
import type { EndingId } from "../../harness/util/ending-words.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Endings that any server should notice. */
const ways = [
  { id: "disconnect", fault: disconnect },
  { id: "tab", fault: close },
  { id: "lost", fault: fin },
] as const satisfies readonly { readonly id: EndingId; readonly fault: unknown }[];

/** An everyday ending of a test session. */
export interface TriedEnding {
  readonly id: EndingId;
  /** Time until the listener received the leave, in milliseconds; null if it received none. */
  readonly toldAfterMs: number | null;
}

/** Result of a preflight. */
export interface Preflight {
  /** Names of the test sessions. Their leaves may still arrive when a run has begun. */
  readonly earlier: EarlierSessions;
  /** Undefined when the listener received at least one leave as the profile describes it. */
  readonly trouble: PreflightTrouble | undefined;
  /** True where a session that never subscribed was not announced, although others were. */
  readonly missesUnsubscribed: boolean;
  /** The ends of the test sessions, if a leave arrived and leaves name the client. */
  readonly endings: readonly TriedEnding[];
}

export interface PreflightTrouble {
  readonly words: string;
  /** True where the target is at fault: the profile fits its joins, and no message arrived that could be a leave. */
  readonly isOfTarget: boolean;
}

/** Time limit for the leaves of the test sessions, in milliseconds, for the longest deadline of the profile. */
const leaveLimitMs = (profile: Profile): number => patienceMs(usualLeaveLimitMs(profile));

/** Returns the longest time for which a preflight waits for leaves, in milliseconds. */
export const preflightLimitMs = (profile: Profile): number =>
  2 * leaveLimitMs(profile) + usualLeaveLimitMs(profile);

/**
 * Ends three test sessions by DISCONNECT, by closing, and by FIN, and waits for their leaves. All sessions connect,
 * subscribe and identify, like most clients. A fourth session, which never subscribes, leaves by DISCONNECT after them.
 * If a leave is missing, the wait is longer than the profile allows: see `patienceMs`. Never rejects.
 */
export async function preflight(profile: Profile, target: URL, signal?: AbortSignal): Promise<Preflight> {
  const limitMs = leaveLimitMs(profile);
  const { notice } = profile;
  const token = newToken();
  let step = "the first session was connected";
  let known: NoticeOwners | undefined;
  const earlier = (): EarlierSessions => ({ token, names: known?.names ?? [] });
  let missesUnsubscribed = false;
  let endings: readonly TriedEnding[] = [];
  const tryIt = async (open: OpenStage) => {
    const { stage, history, owners } = open;
    known = owners;
    const listener = await stage.connect("listener");
    step = "the listener's subscription was active";
    await listener.subscribe();
    step = "all four sessions were identified";
    await stage.identify(listener, listener.name);
    const visitors = [];
    for (const [place, way] of ways.entries())
      visitors.push({ way, visitor: await stage.join(`visitor${place + 1}`) });
    const ended = Promise.all(visitors.map(({ way, visitor }) => stage.inject(way.fault(visitor))));
    // A later leave would look like a stranger's to the first cases of a run, unless its name holds the token.
    await history.until(() => leavesIn(history).length >= ways.length, limitMs);
    if (leavesIn(history).length === 0) return troubleIn(profile, history.events);
    await ended;
    if (!namesNobody(notice))
      endings = visitors.map(({ way, visitor }) =>
        triedBy(history, way.id, visitor.session.client, visitor.name),
      );
    if (byMessage(profile) && profile.announced === "everybody" && !namesNobody(notice)) {
      missesUnsubscribed = !(await isToldUnsubscribed(open, limitMs));
    }
    return undefined;
  };
  const options = { token, limitMs: limitMs + 40_000, ...(signal && { signal }) };
  try {
    const trouble = await onStage(profile, target, tryIt, options);
    return { earlier: earlier(), trouble, missesUnsubscribed, endings };
  } catch (error) {
    const words = `The preflight failed before ${step}: ${messageOf(error)}. Check the profile and the log of the target.`;
    return { earlier: earlier(), trouble: { words, isOfTarget: false }, missesUnsubscribed, endings };
  } finally {
    // Leave of the listener itself, if its name does not show whose it is.
    if (namesNobody(notice) || namesSession(notice) || !byMessage(profile))
      await setTimeout(usualLeaveLimitMs(profile), undefined, signal && { signal }).catch(() => undefined);
  }
}

const leavesIn = ({ events }: History) =>
  ofKind(events, "notice").filter(
    ({ event, actor, claimedBy }) => event === "leave" && actor === "listener" && claimedBy === "this-case",
  );

/** Returns how the listener learned of a test session's end. */
function triedBy(history: History, id: EndingId, client: string | undefined, actor: string): TriedEnding {
  const leave = leavesIn(history).find((notice) => notice.client === client);
  const end = ofKind(history.events, "fault-injected").find((event) => event.actor === actor);
  return {
    id,
    toldAfterMs: leave === undefined ? null : Math.max(0, leave.atMs - (end?.atMs ?? leave.atMs)),
  };
}

/** Plays a session without a subscription. Returns true if the listener received its leave. Never rejects. */
async function isToldUnsubscribed({ stage, history }: OpenStage, limitMs: number): Promise<boolean> {
  try {
    const visitor = await stage.join("visitor4", { subscribes: false });
    await stage.inject(disconnect(visitor));
    const isTold = () => leavesIn(history).some(({ client }) => client === visitor.session.client);
    return await history.until(isTold, limitMs);
  } catch {
    // A target may refuse such a client. It announced others, so that it can be judged.
    return false;
  }
}

function troubleIn({ topic }: Profile, events: readonly HistoryEvent[]): PreflightTrouble {
  const where = typeof topic === "string" ? topic : "the profile's topic";
  const joins = ofKind(events, "notice").filter(
    ({ actor, event }) => actor === "listener" && event === "join",
  );
  const gone = `Three test sessions ended (DISCONNECT, WebSocket close, FIN), and the listener received no leave on ${where}`;
  const mend = "Run `hangup doctor` with the same profile: it shows the messages and suggests a `notice`.";
  const unread = unreadAfterEnds(events);
  if (unread.length > 0) {
    const examples = unread.slice(-3).map(({ words }) => words);
    return {
      words: `${gone}. These messages arrived after the ends, but the profile's \`notice\` matches none of them as a leave:\n  ${examples.join("\n  ")}\n${mend}`,
      isOfTarget: false,
    };
  }
  if (joins.length > 0)
    return {
      words: `${gone}, although it received ${joins.length} joins. No other message arrived after the ends. Either the target announces no leaves, or it uses another topic: then set \`notice.leave.topic\`. ${mend}`,
      isOfTarget: true,
    };
  const before = ofKind(events, "message").filter(isUnread).map(quoted).slice(-3);
  const heard =
    before.length === 0 ? " and no other message. " : `. Earlier messages:\n  ${before.join("\n  ")}\n`;
  return {
    words: `${gone}${heard}Check \`topic\` and \`identify\` in the profile. ${mend}`,
    isOfTarget: false,
  };
}

/** Returns messages that may be leaves in another form: those that the listener received after the first end. */
function unreadAfterEnds(events: readonly HistoryEvent[]): { readonly words: string }[] {
  const from = ofKind(events, "fault-injected")[0]?.index ?? Infinity;
  return events.flatMap((event) => {
    if (event.index < from || event.actor !== "listener") return [];
    if (event.kind === "message" && isUnread(event)) return [{ words: quoted(event) }];
    const isStrangers = event.kind === "notice" && event.claimedBy === "nobody";
    return isStrangers
      ? [{ words: `a ${event.event} of ${quote(event.client ?? "nobody")}: ${quote(event.body, 160)}` }]
      : [];
  });
}

const isUnread = ({ actor, body }: EventOf<"message">): boolean => actor === "listener" && !isProbe(body);

const quoted = ({ destination, body }: EventOf<"message">): string => `${destination}: ${quote(body, 160)}`;
