import type { HistoryEvent } from "../harness/history/events/events.ts";
import type { CaseRecord, RunRecord } from "../harness/judge/record.ts";

/** Format of a run's report. A file in reports/reporters/ exports one; its name there is the name for `--reporter`. */
export interface Reporter {
  /**
   * Place of the report: a file in the run's folder, standard output, or lines after the standard output of the terminal
   * reporter.
   */
  readonly output: { readonly file: string } | "stdout" | "after-terminal";
  /** Runs for which the reporter is used when `--reporter` names none. */
  readonly default: "always" | "on GitHub" | "never";
  readonly render: (record: RunRecord, options?: RenderOptions) => string;
  /** Renders a text that is appended to GitHub's step summary. */
  readonly renderStepSummary?: (record: RunRecord) => string;
}

export interface RenderOptions {
  /** True if standard output shows colors. Default: false. */
  readonly color?: boolean;
  /** Columns at which lines wrap, at least 40. Default: 100. */
  readonly width?: number;
  /** Returns the history of a case that the record does not hold, such as a passed case; undefined if it is not stored. */
  readonly timelineOf?: (run: CaseRecord) => readonly HistoryEvent[] | undefined;
}
