import { exitCodes } from "./exit.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm hands a terminal's Ctrl-C on to a process that the terminal has told already: so soon after, it is the same. */
const sameMs = 1_000;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals their usual effect back. */
  readonly ignore: () => void;
}

/**
 * Aborts at the first Ctrl-C, so that what was started is ended in order and what was run is written. A second one,
 * from somebody who can't wait, ends at once; what was started then ends by itself.
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
