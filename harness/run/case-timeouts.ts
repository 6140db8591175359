import { troubleInWords } from "../history/refusal.ts";

/** Longer ones fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** A limit on how long something may take. */
interface Limit {
  readonly signal: AbortSignal;
  /** Begins to count. `limitMs` is asked again when the time seems over: milliseconds since the limit was made. */
  readonly start: (limitMs: () => number) => void;
  /** Counts no more. */
  readonly clear: () => void;
}

/**
 * A signal that comes when `signal` does, or when a time is over that may still grow meanwhile. (`AbortSignal.any` with
 * `AbortSignal.timeout` would do, but for Node 20, where the latter is forgotten, and never comes.)
 */
export function limitedBy(signal: AbortSignal): Limit {
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

/** The same for a time that is known from the start, in milliseconds. It counts until then, or until `signal` comes. */
export function expiring(signal: AbortSignal, limitMs: number): AbortSignal {
  const limit = limitedBy(signal);
  limit.start(() => limitMs);
  return limit.signal;
}

/** Why `act` did not come to its end: what it threw, or that it was still at it when the signal came; null if it did. */
export async function troubleIn(act: () => Promise<void>, signal: AbortSignal): Promise<string | null> {
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
