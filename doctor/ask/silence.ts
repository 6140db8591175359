import { ending, Unlearned, type Visit } from "../wire/visit.ts";
import type { Talk } from "../wire/talk.ts";
import { seconds } from "../wire/words.ts";

/** What the two clients offer: to send every second, and to be sent to as often. */
const offerMs = 1_000;

/** For how many periods a silent client is watched, where patience lasts. */
const periodsWatched = 5;

/** STOMP 1.2, "Heart-beating", has the sender send at least once a period. This leaves room for the way. */
const heartbeatShare = 0.8;

/** Whether the target sends the heartbeats that it promised to a client that sends its own. */
export interface Beats {
  /** What was negotiated, in milliseconds. */
  readonly periodMs: number;
  readonly heard: number;
  /** From one piece of any kind to the next, or to the end of the watch, in milliseconds. */
  readonly longestGapMs: number;
  readonly watchedMs: number;
  /** How the target ended the session of this good client; null where it did not. */
  readonly ended: string | null;
}

/** Whether the target ends the session of a client that promised heartbeats and says nothing. */
export interface Silence {
  /** What was negotiated, in milliseconds. */
  readonly periodMs: number;
  /** From CONNECTED, after which nothing was sent; null where it was not dropped while watched. */
  readonly droppedAfterMs: number | null;
  /** How the target ended it; null where it did not. */
  readonly ended: string | null;
  readonly watchedMs: number;
}

interface Negotiated {
  /** 0 where the target sends none. */
  readonly fromTargetMs: number;
  /** 0 where the target wants none. */
  readonly toTargetMs: number;
}

const noneWanted =
  "CONNECTED wants no heartbeats from the client, so that STOMP does not notice a silent one";

/** @throws Unlearned when no CONNECTED comes, or no heartbeats are negotiated from the target */
export async function watchBeats(visit: Visit): Promise<Beats> {
  const { talk, negotiated } = await connect(visit);
  const { fromTargetMs: periodMs, toTargetMs } = negotiated;
  if (periodMs === 0) throw new Unlearned("CONNECTED promises no heartbeats");
  const beating = toTargetMs > 0 ? setInterval(() => talk.beat(), toTargetMs * heartbeatShare) : undefined;
  const beganAtMs = performance.now();
  // As long as the silent one, to see whether that is dropped for its silence.
  const limitMs = Math.min(visit.leftMs, Math.max(periodMs, toTargetMs) * periodsWatched);
  await talk.first("closed", limitMs);
  const ended = ending(talk) ?? null;
  const endedAtMs = talk.closed?.atMs ?? performance.now();
  clearInterval(beating);
  // Left open, it would be silent from now on.
  void talk.end();
  const beats = talk.all("stomp-beat").map(({ atMs }) => atMs);
  const moments = [beganAtMs, ...beats, endedAtMs];
  const gaps = moments.slice(1).map((atMs, index) => atMs - (moments[index] ?? atMs));
  return {
    periodMs,
    heard: beats.length,
    longestGapMs: Math.round(Math.max(...gaps)),
    watchedMs: Math.round(endedAtMs - beganAtMs),
    ended,
  };
}

/** @throws Unlearned when no CONNECTED comes, or no heartbeats are wanted */
export async function watchSilence(visit: Visit): Promise<Silence> {
  const { talk, negotiated } = await connect(visit);
  const periodMs = negotiated.toTargetMs;
  if (periodMs === 0) throw new Unlearned(noneWanted);
  const beganAtMs = performance.now();
  const limitMs = Math.min(visit.leftMs, periodMs * periodsWatched);
  const closed = await talk.first("closed", limitMs);
  return {
    periodMs,
    droppedAfterMs: closed === undefined ? null : Math.round(closed.atMs - beganAtMs),
    ended: ending(talk) ?? null,
    watchedMs: Math.round(performance.now() - beganAtMs),
  };
}

async function connect(visit: Visit): Promise<{ talk: Talk; negotiated: Negotiated }> {
  const { talk, answer } = await visit.connect({ heartbeat: `${offerMs},${offerMs}` });
  const [, sends = "0", wants = "0"] = /^(\d{1,9}),(\d{1,9})$/.exec(answer.headers["heart-beat"] ?? "") ?? [];
  return {
    talk,
    negotiated: { fromTargetMs: negotiate(Number(sends)), toTargetMs: negotiate(Number(wants)) },
  };
}

/** STOMP 1.2, "Heart-beating": the longer of both, or none where either says 0. */
const negotiate = (theirMs: number) => (theirMs === 0 ? 0 : Math.max(theirMs, offerMs));

/** How much patience it takes to see a silent client dropped by a target with that period, in milliseconds. */
export const patienceForMs = (periodMs: number): number => periodMs * periodsWatched;

/** Whether a silence was watched for too short a time to tell anything. */
export const isTooShort = ({ periodMs, watchedMs }: Silence): boolean =>
  watchedMs < patienceForMs(periodMs) * 0.9;

/** The words for that. */
export const wordsOfTooShort = ({ periodMs, watchedMs }: Silence): string =>
  `not dropped within ${seconds(watchedMs)}; with a period of ${seconds(periodMs)} that takes up to ${seconds(patienceForMs(periodMs))}`;
