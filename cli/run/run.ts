import { randomInt } from "node:crypto";
import type { Profile } from "../../harness/profile/profile.ts";
import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { unmetNeed, type Case } from "../../harness/scenario/scenario.ts";
import { openGate } from "../baseline/gate.ts";
import { assertAnyCase, explore } from "../cases/explore.ts";
import { lastFailed, type LastFailed } from "../cases/last-failed.ts";
import { selectCases, type Selection } from "../cases/select-cases.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { reportersOf } from "../output/reporters.ts";
import { tellProgress } from "../output/terminal-width.ts";
import { prepareFolder } from "../output/write-reports.ts";
import { headerOf, longWaitsIn, type PlannedRun } from "../progress/header.ts";
import { missingBrowser, startBrowser } from "../start-browser.ts";
import { chooseTarget, type ChosenTarget } from "../target/find-target.ts";
import type { RunTarget } from "../target/target.ts";
import { needsBrowser, soakMsOf, workersOf, type RunArguments } from "./context.ts";
import { examineTarget } from "./examine-target.ts";
import { failureLimitOf } from "./failure-limit.ts";
import { runAndReport } from "./run-and-report.ts";

/**
 * Carries out `hangup run`: selects cases, starts the target, runs the cases and reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  if (options.minutes !== undefined && options.tier !== "soak")
    throw new UsageError("--minutes needs --tier soak. Add it, or leave --minutes out.");
  failureLimitOf(options);
  const reporters = reportersOf(options);
  const gate = await openGate(options);
  const last = options.failed === true ? await lastFailed(options.out) : undefined;
  const selection = { ...options, ids: last?.ids, measured: gate?.baseline.cases };
  // An empty selection must fail before the target is started.
  const selected = selectCases(selection);
  assertAnyCase(selected, options);
  const chosen = await chooseTarget(options);
  await prepareFolder(options.out);
  const seed = seedOf(options, last);
  const remarks = last === undefined ? [] : [last.words];
  const planned = plan(chosen, options, selection, seed);
  for (const line of [headerOf(planned), ...remarks]) tellProgress(line);
  const { signal, ignore } = awaitInterruption();
  let target: RunTarget | undefined;
  try {
    const found = await chosen.find(signal);
    target = { ...found, profile: withSilentDeadline(found.profile, options) };
    const preflight = await examineTarget({
      options,
      target,
      signal,
      reporters,
      gate,
      asked: selected.length,
    });
    for (const line of longWaitsIn(planned)) tellProgress(line);
    const browser = await startBrowser(options.browser, selected.some(needsBrowser));
    const circumstances = {
      profile: target.profile,
      noBrowser: browser.missing,
      canStartTarget: target.startOwn !== undefined,
    };
    const cases = selectCases(selection, (one) => unmetNeed(one, circumstances) === undefined);
    const record = await runAndReport({
      options,
      cases,
      target,
      browser,
      signal,
      reporters,
      gate,
      preflight,
      seed,
      remarks,
    });
    return record.exitCode;
  } catch (error) {
    // An interrupted run still fails if its report can't be written.
    if (signal.aborted && !(error instanceof UsageError)) return exitCodes.interrupted;
    throw error;
  } finally {
    await target?.stop();
    ignore();
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
