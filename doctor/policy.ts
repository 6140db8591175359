import { nameOf } from "../harness/approach.ts";
import { close } from "../harness/faults/close.ts";
import { leavesHeard } from "../harness/oracle.ts";
import { byMessage, type Profile } from "../harness/profile.ts";
import { namesNobody, namesSession } from "../harness/notice.ts";
import { openStage } from "./watch.ts";

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
  if (namesNobody(profile.notice)) return undefined;
  return namesSession(profile.notice) ? watchStranger(profile, target) : watchPerson(profile, target);
}

async function watchStranger(profile: Profile, target: URL): Promise<Policy | undefined> {
  if (!byMessage(profile)) return undefined;
  const { stage, history } = openStage(profile, target);
  try {
    const listener = await stage.connect("listener");
    await listener.subscribe();
    const stranger = await stage.connect("stranger");
    const name = nameOf(profile, { sessionId: stranger.sessionId ?? "" });
    const endedMs = history.nowMs();
    await stage.inject(close(stranger));
    const leaves = () => leavesHeard(history.events, "listener", name);
    await history.until(() => leaves().length > 0, leaveLimitMs / 2);
    const [leave] = leaves();
    return (
      leave && { sessions: undefined, leaveAfterMs: leave.atMs - endedMs, grace: false, strangers: true }
    );
  } finally {
    await stage.dispose();
  }
}

async function watchPerson(profile: Profile, target: URL): Promise<Policy | undefined> {
  const { stage, history } = openStage(profile, target);
  try {
    const listener = await stage.connect("listener");
    await listener.subscribe();
    const desk = await stage.connect("desk", { as: "visitor" });
    await stage.identify(desk, "visitor");
    const phone = await stage.connect("phone", { as: "visitor" });
    await stage.identify(phone, "visitor");
    const client = phone.client ?? "";
    const leaves = () => leavesHeard(history.events, "listener", client);
    const firstEndedMs = history.nowMs();
    await stage.inject(close(desk));
    const told = await history.until(() => leaves().length > 0, leaveLimitMs / 2);
    const [each] = leaves();
    if (told && each !== undefined)
      return { sessions: "each", leaveAfterMs: each.atMs - firstEndedMs, grace: false, strangers: false };
    const lastEndedMs = history.nowMs();
    await stage.inject(close(phone));
    await history.until(() => leaves().length > 0, leaveLimitMs);
    const [last] = leaves();
    if (last === undefined) return undefined;
    const leaveAfterMs = last.atMs - lastEndedMs;
    const grace = leaveAfterMs > atOnceMs && (await forgives(leaveAfterMs));
    return { sessions: "last", leaveAfterMs, grace, strangers: false };
  } finally {
    await stage.dispose();
  }

  /** Whether one who comes back in half of that time is not told to have left, in the double of it. */
  async function forgives(leaveAfterMs: number): Promise<boolean> {
    const before = await stage.connect("before", { as: "returner" });
    await stage.identify(before, "returner");
    const client = before.client ?? "";
    await stage.inject(close(before));
    const beganMs = history.nowMs();
    const after = await stage.connect("after", { as: "returner" });
    await after.identify(stage.dataOf("returner"));
    const inTime = history.nowMs() - beganMs < leaveAfterMs / 2;
    const told = await history.until(
      (events) => leavesHeard(events, "listener", client).length > 0,
      2 * leaveAfterMs,
    );
    return inTime && !told;
  }
}
