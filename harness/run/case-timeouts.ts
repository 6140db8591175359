import { type HistoryEvent, ofKind } from "../history/events/events.ts";
import { troubleInWords } from "../history/refusal.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import { visibleDeadlineMaxMs, visibleDeadlineMs } from "../history/sessions/windows.ts";
import type { Profile } from "../profile/profile.ts";
import { isSilentDrop, silentDropMs } from "../profile/silent-drop.ts";

/** Longest delay of a Node timer. Longer ones fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Time of a case besides its waits for leaves, in milliseconds: connecting, a browser's start, a machine under load. */
const caseSlackMs = 60_000;

/** A timeout whose limit may grow while it runs. */
interface CaseTimeout {
  readonly signal: AbortSignal;
  /** Starts the timer. `limitMs` counts from the creation of the timeout, and is read again when the time seems over. */
  readonly start: (limitMs: () => number) => void;
  /** Stops the timer. */
  readonly clear: () => void;
}

/**
 * Creates a timeout that also aborts with `signal`. (`AbortSignal.any` with `AbortSignal.timeout` would do the same, but
 * Node 20 may garbage-collect the latter, which then never aborts.)
 */
export function createTimeout(signal: AbortSignal): CaseTimeout {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    clearTimeout(timer);
    controller.abort(signal.reason);
  };
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  const startedMs = performance.now();
  const start = (limitMs: () => number) => {
    const leftMs = limitMs() - (performance.now() - startedMs);
    if (leftMs <= 0) controller.abort(new Error("the case's time is over"));
    else timer = setTimeout(start, Math.min(leftMs, longestTimerMs), limitMs);
  };
  const clear = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, start, clear };
}

/** Returns a signal that aborts after `limitMs`, or with `signal`. */
export function abortAfter(signal: AbortSignal, limitMs: number): AbortSignal {
  const limit = createTimeout(signal);
  limit.start(() => limitMs);
  return limit.signal;
}

/** Runs `act`. Returns null, or the error or timeout that stopped it, in words. */
export async function failureOf(act: () => Promise<void>, signal: AbortSignal): Promise<string | null> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    await Promise.race([act(), aborted]);
    return null;
  } catch (error) {
    if (signal.aborted) return "the case took longer than any case needs, and was given up";
    return troubleInWords(error);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}

/** Returns the time limit of a case: three times `settle`, by the negotiated heartbeats. */
export function caseLimitMs(profile: Profile, events: readonly HistoryEvent[]): number {
  const { deadlines, graceMs, heartbeatMs } = profile;
  const periodsMs = ofKind(events, "connected").map(({ clientHeartbeatMs }) => clientHeartbeatMs);
  const longestMs = Math.max(
    visibleDeadlineMaxMs(profile),
    deadlines.silenceIntervals * Math.max(heartbeatMs, ...periodsMs) + graceMs,
    (deadlines.silentMs ?? 0) + graceMs,
    (deadlines.reconcileMs ?? 0) + graceMs,
  );
  // A case waits for a silent drop once.
  const dropsMs = ofKind(events, "fault-injected").map(({ fault }) =>
    isSilentDrop(fault) ? silentDropMs(fault, profile) + graceMs : 0,
  );
  // A case may start its own instance twice.
  const expiryMs = profile.expires?.afterMs ?? 0;
  return (
    caseSlackMs + expiryMs + 2 * (profile.start?.readyMs ?? 0) + 3 * 5 * longestMs + Math.max(0, ...dropsMs)
  );
}

/** Returns the time until the leaves of all sessions are due if the sessions end now, in milliseconds. */
export const longestEndMs = (events: readonly HistoryEvent[], profile: Profile): number =>
  Math.max(
    0,
    ...sessionsOf(events).map(
      (session) => visibleDeadlineMs(session, session.end?.fault ?? "", profile) + profile.graceMs,
    ),
  );
