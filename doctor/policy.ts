import type { Actor } from "../harness/actor.ts";
import { nameOf } from "../harness/approach.ts";
import { close } from "../harness/faults/close.ts";
import type { EventOf, History } from "../harness/history.ts";
import { leavesHeard } from "../harness/oracle.ts";
import { byMessage, type Profile } from "../harness/profile.ts";
import { namesNobody, namesSession } from "../harness/notice.ts";
import { onStage, type OpenStage } from "./on-stage.ts";

/** Which ends are told, and when. */
export interface Policy {
  /** Of a person with two sessions; undefined where notices can't tell whose a session is. */
  readonly sessions: "each" | "last" | undefined;
  /** From the end to its leave, in milliseconds. */
  readonly leaveAfterMs: number;
  /** Whether no leave was told of a person who came back soon after the last session. */
  readonly grace: boolean;
  /** Whether the end of a session was told that had not said who it is. */
  readonly strangers: boolean;
}

/** A leave later than this is no mere matter of the machine's speed, in milliseconds. */
const atOnceMs = 250;

/** How long the end of one session of two may take to be told, in milliseconds. */
const leaveLimitMs = 5_000;

/**
 * Lets one person come with two sessions, end one and then the other, and listens when the leave is told; where notices
 * name sessions, lets one end that has not said who it is.
 * @returns undefined where notices name nobody, or no leave is told at all
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
  const name = nameOf(profile, { sessionId: stranger.sessionId ?? "" });
  const endedMs = history.nowMs();
  await stage.inject(close(stranger));
  const leave = await leaveOf(history, name, leaveLimitMs / 2);
  return leave && { sessions: undefined, leaveAfterMs: leave.atMs - endedMs, grace: false, strangers: true };
}

async function watchPerson(open: OpenStage): Promise<Policy | undefined> {
  const { stage, history } = open;
  const desk = await joinAs(open, "desk", "visitor");
  const phone = await joinAs(open, "phone", "visitor");
  const client = phone.client ?? "";
  const firstEndedMs = history.nowMs();
  await stage.inject(close(desk));
  const each = await leaveOf(history, client, leaveLimitMs / 2);
  if (each !== undefined)
    return { sessions: "each", leaveAfterMs: each.atMs - firstEndedMs, grace: false, strangers: false };
  const lastEndedMs = history.nowMs();
  await stage.inject(close(phone));
  const last = await leaveOf(history, client, leaveLimitMs);
  if (last === undefined) return undefined;
  const leaveAfterMs = last.atMs - lastEndedMs;
  const grace = leaveAfterMs > atOnceMs && (await forgives(open, leaveAfterMs));
  return { sessions: "last", leaveAfterMs, grace, strangers: false };
}

/** Whether one who comes back in half of that time is not told to have left, in the double of it. */
async function forgives(open: OpenStage, leaveAfterMs: number): Promise<boolean> {
  const { stage, history } = open;
  const before = await joinAs(open, "before", "returner");
  await stage.inject(close(before));
  const beganMs = history.nowMs();
  const after = await stage.connect("after", { as: "returner" });
  await after.identify(stage.dataOf("returner"));
  const inTime = history.nowMs() - beganMs < leaveAfterMs / 2;
  return inTime && (await leaveOf(history, before.client ?? "", 2 * leaveAfterMs)) === undefined;
}

async function joinAs({ stage }: OpenStage, name: string, as: string): Promise<Actor> {
  const actor = await stage.connect(name, { as });
  await stage.identify(actor, as);
  return actor;
}

/** The first leave of `client` that the listener hears; undefined when none comes in time. */
async function leaveOf(
  history: History,
  client: string,
  limitMs: number,
): Promise<EventOf<"notice"> | undefined> {
  const first = () => leavesHeard(history.events, "listener", client)[0];
  await history.until(() => first() !== undefined, limitMs);
  return first();
}
