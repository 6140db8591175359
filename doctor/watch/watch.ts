import type { Actor } from "../../harness/stage/actor.ts";
import { close } from "../../harness/stage/faults/close.ts";
import type { History } from "../../harness/history/history.ts";
import { namesIn, fill } from "../../harness/profile/template.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import { byMessage, type Profile } from "../../harness/profile/profile.ts";
import { onStage, type OpenStage } from "./on-stage.ts";
import type { Heard, Watched } from "../infer-notice/received-messages.ts";

/** Number of sessions. Two could be alike by chance. */
const sessionsWatched = 3;

/** Quiet time after which related messages have arrived, in milliseconds. */
const quietMs = 400;

/** Time limit for the first message, in milliseconds. */
const hearLimitMs = 3_000;

/**
 * Connects and ends test sessions one after another, and records the messages of one listener.
 * @param profile known part of the profile; its `notice` is not used
 * @param topics topics to listen on; templates
 * @throws Error that names the failed step
 */
export async function watchSessions(
  profile: Profile,
  target: URL,
  topics: readonly string[],
): Promise<Watched[]> {
  const unread = { ...profile, notice: unreadable, ready: { delayMs: quietMs } };
  return onStage(unread, target, async (open) => {
    const { stage, setupRequests, token } = open;
    const listener = await stage.connect("listener");
    await listenTo(listener, topics, await setupRequests.valuesFor(stage.clientOf("listener"), token));
    await quiet(open, 0);
    const watched: Watched[] = [];
    for (let n = 1; n <= sessionsWatched; n += 1)
      watched.push(await watchOne(open, `visitor${n}`, topics, profile));
    return watched;
  });
}

/** No message counts as a notice, so that the history holds all of them unchanged. */
const unreadable: Profile["notice"] = {
  leave: { match: { "/hangup reads no notice here": true } },
  names: "{client}",
  repeats: false,
};

async function watchOne(
  open: OpenStage,
  name: string,
  topics: readonly string[],
  profile: Profile,
): Promise<Watched> {
  const { stage, history, setupRequests, token } = open;
  const begun = history.events.length;
  const visitor = await stage.connect(name);
  const client = stage.clientOf(name);
  const values = await setupRequests.valuesFor(client, token);
  // Some targets announce only clients that have subscribed.
  if (byMessage(profile) || topics.some((topic) => namesIn(topic).includes("sessionId")))
    await listenTo(visitor, topics, values);
  await quiet(open, begun);
  // If CONNECT identifies a client, the messages after it are the join.
  const byItself = !byMessage(profile);
  const before = byItself ? [] : heardFrom(history, begun);
  const identifying = byItself ? begun : history.events.length;
  await stage.identify(visitor, name);
  await untilHeard(open, identifying);
  const afterIdentify = heardFrom(history, identifying);
  const ending = history.events.length;
  const sessionId = visitor.session.id;
  await stage.inject(close(visitor));
  await untilHeard(open, ending);
  const afterEnd = heardFrom(history, ending);
  return { client, sessionId, values, before, afterIdentify, afterEnd };
}

async function listenTo(
  { driver }: Actor,
  topics: readonly string[],
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const topic of topics) {
    const destination = fill(topic, values);
    await driver.do({ do: "subscribe", destination, receipt: false, headers: {}, identifies: null });
  }
}

/** Waits for a message and then a quiet time, or for the time limit. */
async function untilHeard(open: OpenStage, from: number): Promise<void> {
  const { history } = open;
  await history.until(() => heardFrom(history, from).length > 0, hearLimitMs);
  await quiet(open, from);
}

async function quiet({ history }: OpenStage, from: number): Promise<void> {
  for (let heard = -1, now = heardFrom(history, from).length; heard !== now;) {
    heard = now;
    await history.until(() => heardFrom(history, from).length > now, quietMs);
    now = heardFrom(history, from).length;
  }
}

const heardFrom = ({ events }: History, from: number): Heard[] =>
  ofKind(events, "message")
    .filter(({ actor, index }) => index >= from && actor === "listener")
    .map(({ destination, body }) => ({ destination, body }));
