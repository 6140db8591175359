import type { Actor } from "../../harness/stage/actor.ts";
import { nameOf, namesNobody, namesSession } from "../../harness/history/notice.ts";
import { close } from "../../harness/stage/faults/close.ts";
import type { History } from "../../harness/history/history.ts";
import { ofKind, type EventOf } from "../../harness/history/events/events.ts";
import { leavesReceived } from "../../harness/history/sessions/observers.ts";
import { byMessage, type Profile } from "../../harness/profile/profile.ts";
import { onStage, type OpenStage } from "./on-stage.ts";

/** Leave policy of a target, with times. */
export interface Policy {
  /** Policy for a person with two sessions; undefined if notices do not show it. */
  readonly sessions: "each" | "last" | undefined;
  /** Time from the end to its leave, in milliseconds. */
  readonly leaveAfterMs: number;
  /** True if a person who came back soon after the last session was not reported gone. */
  readonly grace: boolean;
  /** True if the end of an unidentified session was announced. */
  readonly strangers: boolean;
}

/** Limit beyond which a late leave is not due to the machine's speed, in milliseconds. */
const atOnceMs = 250;

/** Time limit for the leave of one session of two, in milliseconds. */
const leaveLimitMs = 5_000;

/**
 * Connects one person with two sessions, ends one and then the other, and notes the leaves. If notices name sessions,
 * ends an unidentified session, too.
 * @returns undefined if notices name nobody, or no leave is announced
 */
export async function watchPolicy(profile: Profile, target: URL): Promise<Policy | undefined> {
  const bySession = namesSession(profile.notice);
  if (namesNobody(profile.notice) || (bySession && !byMessage(profile))) return undefined;
  return onStage(profile, target, async (open) => {
    const listener = await open.stage.connect("listener");
    await listener.subscribe();
    return bySession ? watchStranger(open, profile) : watchPerson(open);
  });
}

async function watchStranger({ stage, history }: OpenStage, profile: Profile): Promise<Policy | undefined> {
  const stranger = await stage.connect("stranger");
  const name = nameOf(profile, { sessionId: stranger.session.id ?? "" });
  const endedMs = history.nowMs();
  await stage.inject(close(stranger));
  const leave = await leaveOf(history, name, leaveLimitMs / 2);
  return leave && { sessions: undefined, leaveAfterMs: leave.atMs - endedMs, grace: false, strangers: true };
}

async function watchPerson(open: OpenStage): Promise<Policy | undefined> {
  const { stage, history } = open;
  const desk = await joinAs(open, "desk", "visitor");
  const phone = await joinAs(open, "phone", "visitor");
  const client = phone.session.client ?? "";
  const firstEndedMs = history.nowMs();
  await stage.inject(close(desk));
  const each = await leaveOf(history, client, leaveLimitMs / 2);
  if (each !== undefined)
    return { sessions: "each", leaveAfterMs: each.atMs - firstEndedMs, grace: false, strangers: false };
  const leaveAfterMs = await timedLeave(open, phone);
  if (leaveAfterMs === undefined) return undefined;
  const again = leaveAfterMs > atOnceMs ? await forgives(open, leaveAfterMs) : undefined;
  // A busy machine makes a time longer, never shorter.
  const leastMs = Math.min(leaveAfterMs, again?.leaveAfterMs ?? Infinity);
  return { sessions: "last", leaveAfterMs: leastMs, grace: again !== undefined, strangers: false };
}

/**
 * Ends an actor's session and waits for its leave.
 * @returns time from the end at the target to the leave, in milliseconds; undefined without a leave
 */
async function timedLeave({ stage, history }: OpenStage, actor: Actor): Promise<number | undefined> {
  await stage.inject(close(actor));
  const leave = await leaveOf(history, actor.session.client ?? "", leaveLimitMs);
  const end = ofKind(history.events, "fault-witnessed").findLast((e) => e.actor === actor.name);
  return leave && end && leave.atMs - end.effectAtMs;
}

/**
 * Lets a person leave and come back after half of that time, then leave for good if double the time has brought no leave.
 * @returns time to that leave; undefined for a target that announced the first one
 */
async function forgives(
  open: OpenStage,
  leaveAfterMs: number,
): Promise<{ readonly leaveAfterMs: number | undefined } | undefined> {
  const { stage, history } = open;
  const before = await joinAs(open, "before", "returner");
  await stage.inject(close(before));
  const beganMs = history.nowMs();
  const after = await stage.connect("after", { as: "returner" });
  await after.identify(stage.clientOf("returner"));
  const inTime = history.nowMs() - beganMs < leaveAfterMs / 2;
  const isForgiven =
    inTime && (await leaveOf(history, before.session.client ?? "", 2 * leaveAfterMs)) === undefined;
  return isForgiven ? { leaveAfterMs: await timedLeave(open, after) } : undefined;
}

function joinAs({ stage }: OpenStage, name: string, as: string): Promise<Actor> {
  // Some targets announce only clients that have subscribed.
  return stage.join(name, { as });
}

/** Returns the first leave of `client` that the listener receives; undefined if none arrives in time. */
async function leaveOf(
  history: History,
  client: string,
  limitMs: number,
): Promise<EventOf<"notice"> | undefined> {
  const first = () => leavesReceived(history.events, "listener", client)[0];
  await history.until(() => first() !== undefined, limitMs);
  return first();
}
