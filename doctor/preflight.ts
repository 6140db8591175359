import { setTimeout } from "node:timers/promises";
import { usualLeaveLimitMs } from "../harness/approach.ts";
import { close } from "../harness/faults/close.ts";
import { disconnect } from "../harness/faults/disconnect.ts";
import { fin } from "../harness/faults/fin.ts";
import type { History } from "../harness/history.ts";
import { namesNobody, namesSession } from "../harness/notice.ts";
import { ofKind, visibleDeadlineMaxMs } from "../harness/oracle.ts";
import { byMessage, type Profile } from "../harness/profile.ts";
import { openStage } from "./watch.ts";
import { quote } from "./words.ts";

/** The ways of leaving that any server should notice. */
const ways = [disconnect, close, fin];

/** What a first try with a profile showed. */
export interface Preflight {
  /** Why a run could not judge anything; undefined when at least one leave was heard as the profile describes it. */
  readonly problem: string | undefined;
  /** From the first end to the first leave that was heard, in milliseconds; undefined when there was none. */
  readonly leaveAfterMs: number | undefined;
}

/**
 * Lets three test sessions join and leave by DISCONNECT, by closing, and by FIN, and listens for their leaves. Where none
 * comes, it takes as long as the profile gives a leave, four times over. Never rejects.
 */
export async function preflight(profile: Profile, target: URL, signal?: AbortSignal): Promise<Preflight> {
  const limitMs = 4 * visibleDeadlineMaxMs(profile);
  const { notice } = profile;
  const { stage, history } = openStage(profile, target, limitMs + 40_000, signal);
  let step = "a first session could connect";
  try {
    const listener = await stage.connect("listener");
    step = "its subscription was in force";
    await listener.subscribe();
    step = "three sessions could say who they are";
    const visitors = await Promise.all(
      ways.map(async (way, place) => ({ way, visitor: await stage.connect(`visitor${place + 1}`) })),
    );
    for (const { visitor } of visitors) await stage.identify(visitor, visitor.name);
    const endedAtMs = history.nowMs();
    const ended = Promise.all(visitors.map(({ way, visitor }) => stage.inject(way(visitor))));
    await history.until(() => leavesIn(history).length > 0, limitMs);
    const [leave] = leavesIn(history);
    if (leave === undefined) return { problem: whyNone(profile, history), leaveAfterMs: undefined };
    // What comes later would reach the first cases of a run as a stranger's.
    await history.until(() => leavesIn(history).length >= ways.length, usualLeaveLimitMs(profile));
    await ended;
    return { problem: undefined, leaveAfterMs: Math.max(0, leave.atMs - endedAtMs) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `Nothing can be judged: before ${step}, ${why}.`, leaveAfterMs: undefined };
  } finally {
    await stage.dispose();
    // The listener's own leave, which nobody hears, where the target may tell of it.
    if (namesNobody(notice) || namesSession(notice) || !byMessage(profile))
      await setTimeout(usualLeaveLimitMs(profile), undefined, signal && { signal }).catch(() => undefined);
  }
}

const leavesIn = ({ events }: History) =>
  ofKind(events, "notice").filter(
    ({ event, actor, claimedBy }) => event === "leave" && actor === "listener" && claimedBy === "this-case",
  );

function whyNone({ topic }: Profile, { events }: History): string {
  const where = typeof topic === "string" ? topic : "its topic";
  const heard = ofKind(events, "message").filter(({ actor }) => actor === "listener");
  const joins = ofKind(events, "notice").filter(
    ({ actor, event }) => actor === "listener" && event === "join",
  );
  const gone = `Three test sessions left, by DISCONNECT, by closing and by FIN, and no leave of any was heard on ${where}`;
  const mend = "`hangup doctor` with the same profile shows what comes and how to describe it.";
  if (heard.length > 0) {
    const examples = heard.slice(-3).map(({ destination, body }) => `${destination}: ${quote(body, 160)}`);
    return `${gone}. What came is no leave as the profile's \`notice\` has it:\n  ${examples.join("\n  ")}\n${mend}`;
  }
  if (joins.length > 0)
    return `${gone}, although ${joins.length} joins were. Either the target never tells of leaves, or \`notice.leave\` is wrong or on another topic. ${mend}`;
  return `${gone}, and nothing else. Is \`topic\` right, and does the target know by \`identify\` who a client is? ${mend}`;
}
