import { Writable } from "node:stream";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { UsageError } from "../exit.ts";
import { fileReporters } from "../output/reporters.ts";
import type { ProgressStream } from "../output/terminal-width.ts";
import type { OwnCatalogue } from "../cases/own-catalogue.ts";
import type { RunArguments } from "./context.ts";
import { carryOut, prepareRun } from "./run.ts";

/** Options of `hangup run` that a program has a use for. They have the same names and defaults. */
type RunChoices = Pick<
  RunArguments,
  | "url"
  | "reference"
  | "grep"
  | "requirement"
  | "tier"
  | "workers"
  | "seed"
  | "runs"
  | "browser"
  | "baseline"
  | "strict"
  | "silentWithin"
  | "preflight"
  | "failFast"
  | "maxFailures"
>;

export interface SuiteOptions extends RunChoices, OwnCatalogue {
  /**
   * Profile, or the path of a config. Default: `hangup.config.*` in the current folder. `scenarios` and `requirements` count beside a
   * profile; a config exports its own.
   */
  readonly profile?: ProfileInput | string;
  /** Folder of the report. Default: `hangup-report`. */
  readonly out?: string;
  /** Receives the lines on the progress of the run, of at most 80 characters. */
  readonly onProgress?: (line: string) => void;
  /** Interrupts the run. What was run is still written. Before the first case the promise rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the suite, as `hangup run` does, without its summary. One run at a time.
 * @returns the run record: its `outcome`, the `exitCode` of the command line, its `cases`
 * @throws UsageError if an option, the profile or the baseline is not valid
 * @throws UnreachableError if the target does not answer, or nothing could be judged
 */
export async function runSuite({
  profile,
  scenarios,
  requirements,
  out = "hangup-report",
  onProgress,
  signal = new AbortController().signal,
  ...choices
}: SuiteOptions = {}): Promise<RunRecord> {
  if (isRunning) throw new UsageError("runSuite: a suite runs already. Run suites one after another.");
  const own = { ...(scenarios && { scenarios }), ...(requirements && { requirements }) };
  if (typeof profile !== "object" && Object.keys(own).length > 0)
    throw new UsageError(
      "runSuite: `scenarios` and `requirements` need a profile as an object. A config file exports its own.",
    );
  const target =
    typeof profile === "object" ? { config: { profile, ...own } } : profile === undefined ? {} : { profile };
  isRunning = true;
  try {
    const prepared = await prepareRun({ ...choices, ...target, out, reporter: fileReporters });
    return await carryOut(prepared, { signal, progress: new Lines(onProgress) });
  } finally {
    isRunning = false;
  }
}

/** The scenarios of a config belong to the whole process. */
let isRunning = false;

/** Passes on what is written to it, line by line. */
class Lines extends Writable implements ProgressStream {
  readonly isTTY = false;
  readonly columns = 0;
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(onLine: ((line: string) => void) | undefined) {
    super({ decodeStrings: false });
    this.#onLine = onLine;
  }

  override _write(text: string, _encoding: string, done: () => void): void {
    for (const line of text.trimEnd().split("\n")) this.#onLine?.(line);
    done();
  }
}
