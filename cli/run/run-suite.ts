import { Writable } from "node:stream";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
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
  /** Receives each line on the progress of the run. */
  readonly onProgress?: (line: string) => void;
  /** Interrupts the run. What was run is still written. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the suite, as `hangup run` does, and prints nothing.
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
  const own = { ...(scenarios && { scenarios }), ...(requirements && { requirements }) };
  const target =
    typeof profile === "object" ? { config: { profile, ...own } } : profile === undefined ? {} : { profile };
  const prepared = await prepareRun({ ...choices, ...target, out, reporter: "html,junit,ctrf,markdown" });
  return carryOut(prepared, { signal, progress: new Lines(onProgress) });
}

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
