import { exitCodes } from "./exit.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * npm forwards Ctrl-C to a process that already got it from the terminal. A second signal within this time is the
 * same one.
 */
const sameMs = 1_000;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Restores the usual effect of the signals. */
  readonly ignore: () => void;
}

/**
 * Aborts at the first Ctrl-C, so that started processes end in order and results are written. A second Ctrl-C ends
 * hangup at once; the processes that it started then end by themselves.
 */
export function awaitInterruption(): Interruption {
  const controller = new AbortController();
  let firstMs: number | undefined;
  const interrupt = () => {
    firstMs ??= performance.now();
    if (performance.now() - firstMs > sameMs) process.exit(exitCodes.interrupted);
    controller.abort(new Error("the run was interrupted"));
  };
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    ignore: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
