import { randomInt } from "node:crypto";
import { pageFiles } from "../../browser-fixtures/files.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { runCases, type RunResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { countOf, duration } from "../../reports/words/text.ts";
import { applyGate } from "../baseline/gate.ts";
import { wantedAttempts } from "../baseline/rates/wanted-attempts.ts";
import { explore } from "../cases/explore.ts";
import { trialRunner } from "../cases/smallest-failure.ts";
import { runSoak } from "../cases/soak.ts";
import { startProgress } from "../output/progress.ts";
import { recordOf } from "../output/run-record.ts";
import { writeRun } from "../output/write-reports.ts";
import type { StartedBrowser } from "../start-browser.ts";
import type { PreflightResult } from "../target/preflight.ts";
import { askedIn, needsBrowser, type RunArguments, type RunContext } from "./context.ts";

export interface CaseRunContext extends RunContext {
  readonly cases: readonly Case[];
  readonly browser: StartedBrowser;
  readonly preflight: PreflightResult | undefined;
}

/** Runs the cases, judges them against the baseline, and writes the report. */
export async function runAndReport(context: CaseRunContext): Promise<RunRecord> {
  const { options, cases, target, browser, signal, reporters, gate, preflight } = context;
  const startedAt = new Date();
  const startedMs = performance.now();
  // All shards of one run use the same seed.
  const { shard, seed = shard === undefined ? randomInt(2 ** 31) : 1, runs, tier } = options;
  const exploration = explore(cases, { seed, runs, tier }, target.profile);
  // The browser driver creates a stack trace for each call. Source maps make that slow.
  process.setSourceMapsEnabled(false);
  const afterFailures: string[] = [];
  try {
    const runOptions = {
      onAfterFailed: (words: string) => void afterFailures.push(words),
      profile: target.profile,
      target: target.url,
      startOwnTarget: target.startOwn,
      workers: options.workers ?? defaultWorkers,
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken: randomInt(2 ** 31).toString(36),
      earlier: preflight?.earlier,
      ...(gate === undefined ? {} : { alwaysRetry: wantedAttempts(gate.baseline, cases, gate.updates) }),
      signal,
    };
    const played = await executeCases(options, seed, { ...runOptions, cases: exploration.cases });
    const explored = await exploration.conclude(played.finished, trialRunner(runOptions));
    const result = { ...played, finished: explored.finished };
    const found = recordOf(result, {
      target,
      strict: options.strict === true,
      asked: cases.length,
      interrupted: signal.aborted,
      startedAt,
      durationMs: performance.now() - startedMs,
      seed,
      browser: browser.browser?.version ?? null,
      browserMissing: cases.some(needsBrowser) ? browser.missing : undefined,
      remarks: [
        ...(preflight?.remark === undefined ? [] : [secrets.mask(preflight.remark)]),
        ...remarksOn(options, result),
        ...remarkOnAfter(afterFailures),
      ],
      shard: shard && { ...shard, asked: askedIn(options, gate) },
    });
    const { record, save } = applyGate(found, gate);
    const { finished, replays } = explored;
    const html = await writeRun(options.out, { record, finished, replays }, reporters);
    await reporters.print(record, html);
    await save();
    return record;
  } finally {
    process.setSourceMapsEnabled(true);
    await browser.browser?.close();
  }
}

const defaultWorkers = 32;

/** Default time during which a soak starts new rounds. */
const defaultSoakMinutes = 10;

/** Number of runs of a case with a race. A soak repeats all cases anyway. */
const repeatsIn = { quick: 3, full: 10 } as const;

/** Results of the cases, with the number of rounds of a soak. */
type ExecutedCases = RunResult & { readonly rounds?: number };

async function executeCases(
  { tier, minutes = defaultSoakMinutes }: RunArguments,
  seed: number,
  options: Omit<RunOptions, "onCase">,
): Promise<ExecutedCases> {
  const start = () => startProgress(options.cases.length, options.workers);
  let progress = start();
  const withProgress = { ...options, onCase: (done: CaseRecord) => progress.finished(done) };
  const onRound = (round: number) => {
    progress.stop();
    process.stderr.write(`Round ${round}\n`);
    progress = start();
  };
  try {
    if (tier !== "soak")
      return await runCases({ ...withProgress, repeats: repeatsIn[tier ?? "full"], triesAlone: true });
    const now = () => performance.now();
    return await runSoak(withProgress, { forMs: minutes * 60_000, seed, now, onRound });
  } finally {
    progress.stop();
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
    ...(tier === "quick" ? ["The quick tier: not every case there is was to be run."] : []),
    ...(rounds === undefined ? [] : [`Soaked: ${countOf(rounds, "round")}, each in an order of its own.`]),
    ...(silentWithin === undefined
      ? []
      : [`A silent drop had to be noticed within ${duration(silentWithin)}, by --silent-within.`]),
  ];
}
