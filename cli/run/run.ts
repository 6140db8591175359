import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { unmetNeed } from "../../harness/scenario/scenario.ts";
import { openGate } from "../baseline/gate.ts";
import { assertAnyCase } from "../cases/explore.ts";
import { selectCases } from "../cases/select-cases.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { reportersOf } from "../output/reporters.ts";
import { prepareFolder } from "../output/write-reports.ts";
import { startBrowser } from "../start-browser.ts";
import { chooseTarget } from "../target/find-target.ts";
import type { RunTarget } from "../target/target.ts";
import { needsBrowser, type RunArguments } from "./context.ts";
import { examineTarget } from "./examine-target.ts";
import { runAndReport } from "./run-and-report.ts";

/**
 * Carries out `hangup run`: selects cases, starts the target, runs the cases and reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  if (options.minutes !== undefined && options.tier !== "soak")
    throw new UsageError("--minutes needs --tier soak. Add it, or leave --minutes out.");
  const reporters = reportersOf(options);
  const gate = await openGate(options);
  // An empty selection must fail before the target is started.
  const selection = { ...options, measured: gate?.baseline.cases };
  const selected = selectCases(selection);
  assertAnyCase(selected, options);
  const findTarget = await chooseTarget(options);
  await prepareFolder(options.out);
  const { signal, ignore } = awaitInterruption();
  let target: RunTarget | undefined;
  try {
    target = withSilentDeadline(await findTarget(signal), options);
    const preflight = await examineTarget({
      options,
      target,
      signal,
      reporters,
      gate,
      asked: selected.length,
    });
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

/**
 * Returns the target with the deadline of `--silent-within` in its profile. There the record keeps it, and `recheck` uses
 * it again.
 */
function withSilentDeadline(target: RunTarget, { silentWithin }: RunArguments): RunTarget {
  if (silentWithin === undefined) return target;
  const { profile } = target;
  const { deadlines } = profile;
  const own = Object.fromEntries(silentDropCauses.map((cause) => [cause, silentWithin]));
  const causes = { ...deadlines.causes, ...own };
  return { ...target, profile: { ...profile, deadlines: { ...deadlines, causes } } };
}
