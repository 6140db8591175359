import { randomInt } from "node:crypto";
import { pageFiles } from "../browser-fixtures/files.ts";
import type { RunRecord } from "../harness/record.ts";
import { runCases } from "../harness/runner.ts";
import { needs, type Case } from "../harness/scenario.ts";
import { renderSummary } from "../reports/summary.ts";
import { assertJudgeable } from "./assert-judgeable.ts";
import { startBrowser, type StartedBrowser } from "./start-browser.ts";
import { exitCodes } from "./exit.ts";
import { awaitInterruption } from "./interruption.ts";
import { startProgress } from "./progress.ts";
import { recordOf } from "./run-record.ts";
import { selectCases, type Selection } from "./select-cases.ts";
import { findTarget, type Target, type TargetChoice } from "./target.ts";
import { prepareFolder, writeReports } from "./write-reports.ts";

export interface RunArguments extends Selection, TargetChoice {
  readonly workers: number;
  readonly browser?: "chromium" | "none";
  readonly out: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/**
 * `hangup run`: selects, runs, concludes, reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  const cases = selectCases(options);
  await prepareFolder(options.out);
  const { signal, ignore } = awaitInterruption();
  let target: Target | undefined;
  try {
    target = await findTarget(options, signal);
    if (!target.isReference) await assertJudgeable(target.profile, target.url, signal);
    const browser = await startBrowser(options.browser, cases.some(needsBrowser));
    const record = await runAndReport({ options, cases, target, browser, signal });
    return record.exitCode;
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    await target?.stop();
    ignore();
  }
}

interface Undertaking {
  readonly options: RunArguments;
  readonly cases: readonly Case[];
  readonly target: Target;
  readonly browser: StartedBrowser;
  readonly signal: AbortSignal;
}

async function runAndReport({ options, cases, target, browser, signal }: Undertaking): Promise<RunRecord> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const seed = randomInt(2 ** 31);
  const progress = startProgress(cases.length, options.workers);
  // The browser driver makes a stack trace for each call. Mapped to the sources, each holds everything up.
  process.setSourceMapsEnabled(false);
  try {
    const result = await runCases({
      cases,
      profile: target.profile,
      target: target.url,
      startOwnTarget: target.startOwn,
      workers: options.workers,
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken: seed.toString(36),
      signal,
      onCase: progress.finished,
    });
    progress.stop();
    const record = recordOf(result, {
      target,
      strict: options.strict === true,
      asked: cases.length,
      interrupted: signal.aborted,
      startedAt,
      durationMs: performance.now() - startedMs,
      seed,
      browser: browser.browser?.version ?? null,
      browserMissing: cases.some(needsBrowser) ? browser.missing : undefined,
    });
    const html = await writeReports(options.out, record, result.finished);
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify(record, null, 2)}\n`
        : `${renderSummary(record, { color: colorWanted() })}\nReport: ${html}\n`,
    );
    return record;
  } finally {
    process.setSourceMapsEnabled(true);
    progress.stop();
    await browser.browser?.close();
  }
}

const needsBrowser = (one: Case) => needs(one, "browser");

/** https://no-color.org */
const colorWanted = () => process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
