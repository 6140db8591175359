import type { RunOptions } from "../../harness/run/run-options.ts";

/** A run without a browser that nobody interrupts. */
export const bareRun: Omit<RunOptions, "cases" | "profile" | "target"> = {
  workers: 10,
  browser: undefined,
  noBrowser: "none",
  pageFiles: {},
  runToken: "run",
  signal: new AbortController().signal,
};
