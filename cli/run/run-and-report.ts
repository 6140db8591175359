import { pageFiles } from "../../browser-fixtures/files.ts";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import { countOf, duration } from "../../reports/words/text.ts";
import { applyGate } from "../baseline/gate.ts";
import { wantedAttempts } from "../baseline/rates/wanted-attempts.ts";
import { explore } from "../cases/explore.ts";
import { lastCase } from "../cases/last-case.ts";
import { trialRunner } from "../cases/smallest-failure.ts";
import { recordOf } from "../output/run-record.ts";
import { writeRun } from "../output/write-reports.ts";
import type { StartedBrowser } from "../start-browser.ts";
import type { PreflightResult } from "../target/preflight.ts";
import {
  askedIn,
  needsBrowser,
  selectionOf,
  targetOptionsOf,
  workersOf,
  type RunArguments,
  type RunContext,
} from "./context.ts";
import { executeCases, type ExecutedCases } from "./execute-cases.ts";
import { FailureLimit, failureLimitOf } from "./failure-limit.ts";
import { newRunToken } from "../../harness/util/run-token.ts";

export interface CaseRunContext extends RunContext {
  readonly cases: readonly Case[];
  readonly browser: StartedBrowser;
  readonly preflight: PreflightResult | undefined;
  /** Seed of the random histories and orders. */
  readonly seed: number;
  /** Notes on the selection of the cases. */
  readonly remarks: readonly string[];
}

/** Runs the cases, judges them against the baseline, and writes the report. */
export async function runAndReport(context: CaseRunContext): Promise<RunRecord> {
  const { options, cases, target, browser, signal, reporters, gate, preflight, seed, progress } = context;
  const startedAt = new Date();
  const startedMs = performance.now();
  const { shard, runs, tier } = options;
  const strict = options.strict === true;
  const limit = new FailureLimit(failureLimitOf(options), signal, { target, strict, gate });
  const exploration = explore(cases, { seed, runs, tier }, target.profile);
  // The browser driver creates a stack trace for each call. Source maps make that slow.
  const hadSourceMaps = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  const afterFailures: string[] = [];
  try {
    const runOptions = {
      onAfterFailed: (words: string) => void afterFailures.push(words),
      profile: target.profile,
      target: target.url,
      startOwnTarget: target.startOwn,
      workers: workersOf(options, target.url.href),
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken: newRunToken(),
      earlier: preflight?.earlier,
      owners: new NoticeOwners(() => performance.now()),
      signal: limit.signal,
      ...(gate === undefined ? {} : { alwaysRetry: wantedAttempts(gate.baseline, cases) }),
    };
    const played = await executeCases({ ...options, progress }, seed, {
      ...runOptions,
      cases: exploration.cases,
      process: target.process,
      lastCase,
      onCase: (done) => limit.decided(done),
    });
    const explored = await exploration.conclude(played.finished, trialRunner(runOptions, progress));
    const result = { ...played, finished: explored.finished };
    const found = recordOf(result, {
      target,
      options: targetOptionsOf(options),
      selection: selectionOf(options),
      strict,
      asked: cases.length,
      interrupted: signal.aborted,
      endedEarly: played.endedEarly,
      stopped: limit.reached,
      startedAt,
      durationMs: performance.now() - startedMs,
      seed,
      browser: browser.browser?.version ?? null,
      info: preflight?.info,
      browserMissing: cases.some(needsBrowser) ? browser.missing : undefined,
      remarks: [
        ...(preflight?.remark === undefined ? [] : [secrets.mask(preflight.remark)]),
        ...context.remarks,
        ...remarksOn(options, played),
        ...played.remarks,
        ...remarkOnAfter(afterFailures),
      ],
      shard: shard && { ...shard, asked: askedIn(options, gate) },
    });
    const { record, save } = applyGate(found, gate);
    const html = await writeRun(options.out, { record, ...explored }, reporters);
    await reporters.print(record, html);
    await save();
    return record;
  } finally {
    process.setSourceMapsEnabled(hadSourceMaps);
    await browser.browser?.close();
  }
}

/** Returns one note on all failed `after` requests. They are no verdicts on the target. */
function remarkOnAfter(failures: readonly string[]): string[] {
  const [first] = failures;
  if (first === undefined) return [];
  return [
    `${countOf(failures.length, "request")} of the profile's \`after\` failed, so the target may keep what \`before\` made. The first: ${secrets.mask(first)}`,
  ];
}

/** Returns notes on the cases that the run covers. */
function remarksOn({ tier, silentWithin }: RunArguments, { rounds }: ExecutedCases): string[] {
  return [
    ...(tier === "quick" ? ["The quick tier: it leaves out most cases. `--tier full` has all of them."] : []),
    ...(rounds === undefined ? [] : [`Soaked: ${countOf(rounds, "round")}, each in an order of its own.`]),
    ...(silentWithin === undefined
      ? []
      : [`A silent drop had to be noticed within ${duration(silentWithin)}, by --silent-within.`]),
  ];
}
