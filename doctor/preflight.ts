import { setTimeout } from "node:timers/promises";
import { usualLeaveLimitMs } from "../harness/approach.ts";
import { close } from "../harness/faults/close.ts";
import { disconnect } from "../harness/faults/disconnect.ts";
import { fin } from "../harness/faults/fin.ts";
import type { History } from "../harness/history.ts";
import { namesNobody, namesSession } from "../harness/notice.ts";
import { ofKind, visibleDeadlineMaxMs } from "../harness/oracle.ts";
import { byMessage, type Profile } from "../harness/profile.ts";
import { onStage, type OpenStage } from "./on-stage.ts";
import { messageOf, quote } from "./words.ts";

/** The ways of leaving that any server should notice. */
const ways = [disconnect, close, fin];

/**
 * Lets three test sessions join and leave by DISCONNECT, by closing, and by FIN, and listens for their leaves. Where none
 * comes, it takes as long as the profile gives a leave, four times over. Never rejects.
 * @returns why a run could not judge anything; undefined when at least one leave was heard as the profile describes it
 */
export async function preflight(
  profile: Profile,
  target: URL,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const limitMs = 4 * visibleDeadlineMaxMs(profile);
  const { notice } = profile;
  let step = "a first session could connect";
  const tryIt = async ({ stage, history }: OpenStage) => {
    const listener = await stage.connect("listener");
    step = "its subscription was in force";
    await listener.subscribe();
    step = "three sessions could say who they are";
    const visitors = await Promise.all(
      ways.map(async (way, place) => ({ way, visitor: await stage.connect(`visitor${place + 1}`) })),
    );
    for (const { visitor } of visitors) await stage.identify(visitor, visitor.name);
    const ended = Promise.all(visitors.map(({ way, visitor }) => stage.inject(way(visitor))));
    await history.until(() => leavesIn(history).length > 0, limitMs);
    if (leavesIn(history).length === 0) return whyNone(profile, history);
    // What comes later would reach the first cases of a run as a stranger's.
    await history.until(() => leavesIn(history).length >= ways.length, usualLeaveLimitMs(profile));
    await ended;
    return undefined;
  };
  try {
    return await onStage(profile, target, tryIt, { limitMs: limitMs + 40_000, ...(signal && { signal }) });
  } catch (error) {
    return `Nothing can be judged: before ${step}, ${messageOf(error)}.`;
  } finally {
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
