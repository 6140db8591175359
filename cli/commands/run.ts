import { randomInt } from "node:crypto";
import { pageFiles } from "../../browser-fixtures/files.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { runCases, type RunResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { needs, unmetNeed, type Case } from "../../harness/scenario/scenario.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { countOf, duration } from "../../reports/words/text.ts";
import { assertJudgeable, assertReachable, type Judgeable } from "../target/assert-judgeable.ts";
import { startBrowser, type StartedBrowser } from "../start-browser.ts";
import { exitCodes, UnreachableError, UsageError } from "../exit.ts";
import { assertAsked, explore } from "../cases/explore.ts";
import { trialOn } from "../cases/explore-smaller.ts";
import { openGate, throughGate, type Gate, type GateOptions } from "../baseline/gate.ts";
import { awaitInterruption } from "../interruption.ts";
import { startProgress } from "../output/progress.ts";
import { reportersOf, type ReporterOptions, type Reporters } from "../output/reporters.ts";
import { noCaseRan, recordOf, type RunFacts } from "../output/run-record.ts";
import { selectCases, type Selection } from "../cases/select-cases.ts";
import { runSoak } from "../cases/soak.ts";
import { chooseTarget, type RunTargetChoice, type Target } from "../target/target.ts";
import { prepareFolder, writeRun } from "../output/write-reports.ts";

export interface RunArguments extends Selection, RunTargetChoice, GateOptions, ReporterOptions {
  /** How many cases run side by side at most. */
  readonly workers?: number;
  /** How long a soak begins new rounds. */
  readonly minutes?: number;
  /** Where what is drawn is drawn from: the same again gives the same. */
  readonly seed?: number;
  /** How many histories of each property; by the tier when left out. */
  readonly runs?: number;
  readonly browser?: "chromium" | "none";
  /** Deadline of a silent drop for this run, in milliseconds; the profile's, or a minute, when left out. */
  readonly silentWithin?: number;
  readonly out: string;
  readonly strict?: boolean;
  /** False for a run without a look at the target first. */
  readonly preflight?: boolean;
}

/**
 * `hangup run`: selects, runs, concludes, reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  if (options.minutes !== undefined && options.tier !== "soak")
    throw new UsageError("--minutes says how long to soak; add --tier soak, or leave it out");
  const reporters = reportersOf(options);
  const gate = await openGate(options);
  // What selects nothing is told before anything is started.
  const selected = selectCases(options);
  assertAsked(selected, options);
  const findTarget = await chooseTarget(options);
  await prepareFolder(options.out);
  const { signal, ignore } = awaitInterruption();
  let target: Target | undefined;
  try {
    target = withSilentDeadline(await findTarget(signal), options);
    const judgeable = await lookAt({ options, target, signal, reporters, gate, asked: selected.length });
    const browser = await startBrowser(options.browser, selected.some(needsBrowser));
    const circumstances = {
      profile: target.profile,
      noBrowser: browser.missing,
      canStartTarget: target.startOwn !== undefined,
    };
    const cases = selectCases(options, (one) => unmetNeed(one, circumstances) === undefined);
    const record = await runAndReport({
      options,
      cases,
      target,
      browser,
      signal,
      reporters,
      gate,
      judgeable,
    });
    return record.exitCode;
  } catch (error) {
    // A report that can't be written is told of even then.
    if (signal.aborted && !(error instanceof UsageError)) return exitCodes.interrupted;
    throw error;
  } finally {
    await target?.stop();
    ignore();
  }
}

/**
 * Returns the target with the deadline of a silent drop that the command line gives. It replaces the profile's for those
 * causes alone, so that the record, and a later `recheck`, hold it too.
 */
function withSilentDeadline(target: Target, { silentWithin }: RunArguments): Target {
  if (silentWithin === undefined) return target;
  const { profile } = target;
  const { deadlines } = profile;
  const own = Object.fromEntries(silentDropCauses.map((cause) => [cause, silentWithin]));
  const causes = { ...deadlines.causes, ...own };
  return { ...target, profile: { ...profile, deadlines: { ...deadlines, causes } } };
}

/** What each part of a run is done with. */
interface Around {
  readonly options: RunArguments;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly reporters: Reporters;
  readonly gate: Gate | undefined;
}

/**
 * Looks at a target that was not started here, before any case runs. Where nothing could be judged, writes a report that
 * says so.
 * @returns undefined where it does not look
 * @throws UnreachableError where nothing could be judged
 */
async function lookAt(around: Around & { readonly asked: number }): Promise<Judgeable | undefined> {
  const { options, target, signal } = around;
  if (target.isReference === true) return undefined;
  const startedAt = new Date();
  const startedMs = performance.now();
  try {
    if (options.preflight !== false) return await assertJudgeable(target.profile, target.url, signal);
    await assertReachable(target.profile, target.url);
    return undefined;
  } catch (error) {
    if (error instanceof UnreachableError)
      await reportNothing(around, error.message, { startedAt, durationMs: performance.now() - startedMs });
    throw error;
  }
}

/** Writes the report of a run without cases. Standard error says why there are none; so does the record. */
async function reportNothing(
  { options, target, reporters, gate, asked }: Around & { readonly asked: number },
  why: string,
  times: Pick<RunFacts, "startedAt" | "durationMs">,
): Promise<void> {
  const none = { p50Ms: 0, maxMs: 0 };
  const nothing = { finished: [], lag: { ...none, proxy: none } };
  const { seed = 1, shard, strict } = options;
  const found = recordOf(nothing, {
    target,
    strict: strict === true,
    asked,
    interrupted: false,
    ...times,
    seed,
    browser: null,
    browserMissing: undefined,
    remarks: [`${noCaseRan}${secrets.mask(why)}`],
    shard: shard && { ...shard, asked: askedIn(options) },
  });
  const { record } = throughGate(found, gate === undefined ? undefined : { ...gate, updates: false });
  const html = await writeRun(options.out, { record, finished: [] }, reporters);
  await reporters.tell(record, html);
}

interface Undertaking extends Around {
  readonly cases: readonly Case[];
  readonly browser: StartedBrowser;
  readonly judgeable: Judgeable | undefined;
}

async function runAndReport(undertaking: Undertaking): Promise<RunRecord> {
  const { options, cases, target, browser, signal, reporters, gate, judgeable } = undertaking;
  const startedAt = new Date();
  const startedMs = performance.now();
  // Shards of one run draw from one seed.
  const { shard, seed = shard === undefined ? randomInt(2 ** 31) : 1, runs, tier } = options;
  const exploration = explore(cases, { seed, runs, tier }, target.profile);
  // The browser driver makes a stack trace for each call. Mapped to the sources, each holds everything up.
  process.setSourceMapsEnabled(false);
  try {
    const around = {
      profile: target.profile,
      target: target.url,
      startOwnTarget: target.startOwn,
      workers: options.workers ?? usualWorkers,
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken: randomInt(2 ** 31).toString(36),
      earlier: judgeable?.earlier,
      signal,
    };
    const played = await carryOut(options, seed, { ...around, cases: exploration.cases });
    const explored = await exploration.conclude(played.finished, trialOn(around));
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
        ...(judgeable?.remark === undefined ? [] : [secrets.mask(judgeable.remark)]),
        ...remarksOn(options, result),
      ],
      shard: shard && { ...shard, asked: askedIn(options) },
    });
    const { record, save } = throughGate(found, gate);
    const { finished, replays } = explored;
    const html = await writeRun(options.out, { record, finished, replays }, reporters);
    await reporters.tell(record, html);
    await save();
    return record;
  } finally {
    process.setSourceMapsEnabled(true);
    await browser.browser?.close();
  }
}

/** What the shards of one run have to have in common. */
const askedIn = ({ tier = "full", grep, requirement, runs }: RunArguments): string =>
  JSON.stringify({ tier, grep, requirement, runs });

/** Where nothing else is said. */
const usualWorkers = 32;

/** How long a soak begins new rounds, where nothing else is said. */
const soakMinutes = 10;

/** How often a case that races is run. A soak repeats all cases anyway. */
const repeatsIn = { quick: 3, full: 10 } as const;

/** With how many rounds it was, of a soak. */
type Carried = RunResult & { readonly rounds?: number };

async function carryOut(
  { tier, minutes = soakMinutes }: RunArguments,
  seed: number,
  options: Omit<RunOptions, "onCase">,
): Promise<Carried> {
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

/** What a reader must know of how much was asked. */
function remarksOn({ tier, silentWithin }: RunArguments, { rounds }: Carried): string[] {
  return [
    ...(tier === "quick" ? ["The quick tier: not every case there is was to be run."] : []),
    ...(rounds === undefined ? [] : [`Soaked: ${countOf(rounds, "round")}, each in an order of its own.`]),
    ...(silentWithin === undefined
      ? []
      : [`A silent drop had to be noticed within ${duration(silentWithin)}, by --silent-within.`]),
  ];
}

const needsBrowser = (one: Case) => needs(one, "browser");
