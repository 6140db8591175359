import { ending, UnknownFactError, type Examination } from "../wire/examination.ts";
import type { RecordedSession } from "../wire/recorded-session.ts";
import { seconds } from "../wire/words.ts";

/** Heartbeat offer of both clients: one second each way. */
const offerMs = 1_000;

/** Number of periods for which a silent client is watched, if there is time. */
const periodsWatched = 5;

/**
 * Longest gap between heartbeats, in periods. STOMP 1.2, "Heart-beating", asks for one a period; the rest is for the
 * network.
 */
const heartbeatShare = 0.8;

/** Heartbeats that the target sent to a client that sends its own. */
export interface Beats {
  /** Negotiated period in milliseconds. */
  readonly periodMs: number;
  readonly heard: number;
  /** Longest time between two pieces, or to the end of the watch, in milliseconds. */
  readonly longestGapMs: number;
  readonly watchedMs: number;
  /** End of this well-behaved session by the target; null if there was none. */
  readonly ended: string | null;
}

/** Target's reaction to a client that promised heartbeats and falls silent. */
export interface SilenceResult {
  /** Negotiated period in milliseconds. */
  readonly periodMs: number;
  /**
   * Time from CONNECTED, the last thing that the client received before it fell silent, to the end; null if the target
   * did not drop it.
   */
  readonly droppedAfterMs: number | null;
  /** End by the target; null if there was none. */
  readonly ended: string | null;
  readonly watchedMs: number;
}

interface NegotiatedPeriods {
  /** 0 if the target sends none. */
  readonly fromTargetMs: number;
  /** 0 if the target wants none. */
  readonly toTargetMs: number;
}

const noneWanted =
  "CONNECTED wants no heartbeats from the client, so that STOMP does not notice a silent one";

/** @throws UnknownFactError if no CONNECTED arrives, or the target negotiates no heartbeats */
export async function watchBeats(visit: Examination): Promise<Beats> {
  const { talk, negotiated } = await connect(visit);
  const { fromTargetMs: periodMs, toTargetMs } = negotiated;
  if (periodMs === 0) throw new UnknownFactError("CONNECTED promises no heartbeats");
  const beating = toTargetMs > 0 ? setInterval(() => talk.beat(), toTargetMs * heartbeatShare) : undefined;
  const beganAtMs = performance.now();
  // As long as the silent client, to see if the target drops that one for its silence.
  const limitMs = Math.min(visit.leftMs, Math.max(periodMs, toTargetMs) * periodsWatched);
  await talk.first("closed", limitMs);
  const ended = ending(talk) ?? null;
  const endedAtMs = talk.closed?.atMs ?? performance.now();
  clearInterval(beating);
  // An open client would fall silent from here on.
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

/** @throws UnknownFactError if no CONNECTED arrives, or the target wants no heartbeats */
export async function watchSilence(visit: Examination): Promise<SilenceResult> {
  const { talk, negotiated } = await connect(visit);
  const periodMs = negotiated.toTargetMs;
  if (periodMs === 0) throw new UnknownFactError(noneWanted);
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

async function connect(
  visit: Examination,
): Promise<{ talk: RecordedSession; negotiated: NegotiatedPeriods }> {
  const { talk, answer } = await visit.connect({ heartbeat: `${offerMs},${offerMs}` });
  const [, sends = "0", wants = "0"] = /^(\d{1,9}),(\d{1,9})$/.exec(answer.headers["heart-beat"] ?? "") ?? [];
  return {
    talk,
    negotiated: { fromTargetMs: negotiate(Number(sends)), toTargetMs: negotiate(Number(wants)) },
  };
}

/** Returns the negotiated period: the longer of both, or 0 if either is 0 (STOMP 1.2, "Heart-beating"). */
const negotiate = (theirMs: number) => (theirMs === 0 ? 0 : Math.max(theirMs, offerMs));

/** Returns the time to watch a silent client with that period, in milliseconds. */
export const patienceForMs = (periodMs: number): number => periodMs * periodsWatched;

/** Returns true for a silence that was watched too briefly for a conclusion. */
export const isTooShort = ({ periodMs, watchedMs }: SilenceResult): boolean =>
  watchedMs < patienceForMs(periodMs) * 0.9;

/** Returns a message about it. */
export const wordsOfTooShort = ({ periodMs, watchedMs }: SilenceResult): string =>
  `not dropped within ${seconds(watchedMs)}; with a period of ${seconds(periodMs)} that takes up to ${seconds(patienceForMs(periodMs))}`;
