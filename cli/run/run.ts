import { randomInt } from "node:crypto";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { unmetNeed, type Case } from "../../harness/scenario/scenario.ts";
import { openGate, type Gate } from "../baseline/gate.ts";
import { assertAnyCase, explore } from "../cases/explore.ts";
import { lastFailed, type LastFailed } from "../cases/last-failed.ts";
import { selectCases, type Selection } from "../cases/select-cases.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { reportersOf, type Reporters } from "../output/reporters.ts";
import { tellProgress } from "../output/terminal-width.ts";
import { prepareFolder } from "../output/write-reports.ts";
import { headerOf, longWaitsIn, type PlannedRun } from "../progress/header.ts";
import { missingBrowser, startBrowser } from "../start-browser.ts";
import { chooseTarget, profileOf, type ChosenTarget } from "../target/find-target.ts";
import type { RunTarget } from "../target/target.ts";
import { needsBrowser, soakMsOf, workersOf, type RunArguments, type RunContext } from "./context.ts";
import { examineTarget } from "./examine-target.ts";
import { failureLimitOf } from "./failure-limit.ts";
import { runAndReport } from "./run-and-report.ts";

/** A run with checked options, before its target starts. */
interface PreparedRun {
  readonly options: RunArguments;
  readonly reporters: Reporters;
  readonly gate: Gate | undefined;
  readonly chosen: ChosenTarget;
  readonly selection: Selection;
  readonly selected: readonly Case[];
  readonly seed: number;
  readonly remarks: readonly string[];
}

/**
 * Carries out `hangup run`: selects cases, starts the target, runs the cases and reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  const prepared = await prepareRun(options);
  const { signal, ignore } = awaitInterruption();
  try {
    const { exitCode } = await carryOut(prepared, { signal, progress: process.stderr });
    return exitCode;
  } catch (error) {
    // An interrupted run still fails if its report can't be written.
    if (signal.aborted && !(error instanceof UsageError)) return exitCodes.interrupted;
    throw error;
  } finally {
    ignore();
  }
}

/**
 * Checks the options of a run, and prepares its report folder.
 * @throws UsageError if the options, the profile or the baseline are not valid, or no case is selected
 */
export async function prepareRun(options: RunArguments): Promise<PreparedRun> {
  if (options.minutes !== undefined && options.tier !== "soak")
    throw new UsageError("--minutes needs --tier soak. Add it, or leave --minutes out.");
  failureLimitOf(options);
  const reporters = reportersOf(options);
  const gate = await openGate(options);
  const last = options.failed === true ? await lastFailed(options.out) : undefined;
  // The config may add scenarios.
  const profile = await profileOf(options);
  const selection = { ...options, ids: last?.ids, measured: gate?.baseline.cases };
  const selected = selectCases(selection);
  assertAnyCase(selected, options);
  const chosen = chooseTarget(options, profile);
  await prepareFolder(options.out);
  const seed = seedOf(options, last);
  const remarks = last === undefined ? [] : [last.words];
  return { options, reporters, gate, chosen, selection, selected, seed, remarks };
}

/**
 * Starts the target, runs the cases, and reports.
 * @throws UnreachableError if nothing could be judged
 */
export async function carryOut(
  { options, reporters, gate, chosen, selection, selected, seed, remarks }: PreparedRun,
  { signal, progress }: Pick<RunContext, "signal" | "progress">,
): Promise<RunRecord> {
  const planned = plan(chosen, options, selection, seed);
  for (const line of [headerOf(planned), ...remarks]) tellProgress(line, progress);
  let target: RunTarget | undefined;
  try {
    const found = await chosen.find(signal);
    target = { ...found, profile: withSilentDeadline(found.profile, options) };
    const preflight = await examineTarget({
      options,
      target,
      signal,
      progress,
      reporters,
      gate,
      asked: selected.length,
    });
    for (const line of longWaitsIn(planned)) tellProgress(line, progress);
    const browser = await startBrowser(options.browser, selected.some(needsBrowser));
    const circumstances = {
      profile: target.profile,
      noBrowser: browser.missing,
      canStartTarget: target.startOwn !== undefined,
    };
    const cases = selectCases(selection, (one) => unmetNeed(one, circumstances) === undefined);
    return await runAndReport({
      options,
      cases,
      target,
      browser,
      signal,
      progress,
      reporters,
      gate,
      preflight,
      seed,
      remarks,
    });
  } finally {
    await target?.stop();
  }
}

/** Returns the seed of a run. All shards of one run use the same seed, and --failed that of the earlier run. */
const seedOf = ({ seed, shard }: RunArguments, last: LastFailed | undefined): number =>
  seed ?? last?.seed ?? (shard === undefined ? randomInt(2 ** 31) : 1);

/** Returns the cases of a run that apply to a target, and facts about it, before it is started or examined. */
function plan(
  { profile: declared, canStartTarget, label }: ChosenTarget,
  options: RunArguments,
  selection: Selection,
  seed: number,
): PlannedRun {
  const profile = withSilentDeadline(declared, options);
  const circumstances = { profile, noBrowser: missingBrowser(options.browser), canStartTarget };
  const applies = (one: Case) => unmetNeed(one, circumstances) === undefined;
  const { runs, tier } = options;
  const { cases } = explore(selectCases(selection, applies), { seed, runs, tier }, profile);
  const applicable = cases.filter(applies);
  return {
    cases: applicable,
    inapplicable: cases.length - applicable.length,
    profile,
    target: label,
    workers: workersOf(options, options.url ?? declared.url),
    hasQuietInstance: canStartTarget,
    soakMs: tier === "soak" ? soakMsOf(options) : undefined,
  };
}

/**
 * Returns the profile with the deadline of `--silent-within`. There the record keeps it, and `recheck` uses it again.
 */
function withSilentDeadline(profile: Profile, { silentWithin }: RunArguments): Profile {
  if (silentWithin === undefined) return profile;
  const { deadlines } = profile;
  const own = Object.fromEntries(silentDropCauses.map((cause) => [cause, silentWithin]));
  return { ...profile, deadlines: { ...deadlines, causes: { ...deadlines.causes, ...own } } };
}
