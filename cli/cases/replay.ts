import { readFile } from "node:fs/promises";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { raceRequirements } from "../../reports/read/changes.ts";
import { checksOf, kindOf } from "../../reports/read/record-queries.ts";
import { readReplay } from "../../reports/files/replay-file.ts";
import { countOf, plain } from "../../reports/words/text.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { asPlayed } from "../../scenarios/properties/as-played.ts";
import { parsePlan, told, type Plan } from "../../scenarios/properties/plan.ts";
import { runPreflight } from "../target/preflight.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import type { RunTarget } from "../target/target.ts";
import { wrappedFor } from "../output/terminal-width.ts";
import { findTarget, type TargetChoice } from "../target/find-target.ts";
import { messageOf } from "../../harness/util/words.ts";
import { newRunToken } from "../../harness/util/run-token.ts";

const anyHistory = scenarioOf("properties/any-history");

export interface ReplayArguments extends TargetChoice {
  /** Number of plays, all at the same time. */
  readonly runs: number;
}

/**
 * Carries out `hangup replay`: plays a counterexample several times at once.
 * @returns 1 if it fails at least once, 3 if some plays could not be judged, 0 otherwise
 * @throws UsageError for an invalid file
 */
export async function replay(file: string, { runs, ...choice }: ReplayArguments): Promise<number> {
  const { plan, isRace } = await readPlan(file);
  const { signal, ignore } = awaitInterruption();
  let target: RunTarget | undefined;
  try {
    target = await findTarget(choice, signal);
    const preflight = target.isReference ? undefined : await runPreflight(target.profile, target.url, signal);
    tell(told(asPlayed(plan, target.profile)).join("\n"));
    const finished = await play(plan, runs, target, { signal, earlier: preflight?.earlier });
    if (signal.aborted) return exitCodes.interrupted;
    return conclude(finished, isRace);
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    await target?.stop();
    ignore();
  }
}

/** Counterexample to play. */
interface StoredPlan {
  readonly plan: Plan;
  /** True if it failed a requirement whose failures depend on chance. */
  readonly isRace: boolean;
}

async function readPlan(file: string): Promise<StoredPlan> {
  try {
    const { property, plan, failed } = readReplay(await readFile(file, "utf8"), file);
    if (property !== anyHistory.id)
      throw new Error(
        `${file} is a counterexample of ${plain(property, 80)}, which this version of hangup does not have`,
      );
    const isRace = failed.some(({ requirement }) => raceRequirements.has(requirement));
    return { plan: asPlan(plan, file), isRace };
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function asPlan(plan: unknown, file: string): Plan {
  try {
    return parsePlan(plan);
  } catch (error) {
    throw new Error(`${file}: plan.${plain(messageOf(error))}`);
  }
}

async function play(
  plan: Plan,
  runs: number,
  { profile, url }: RunTarget,
  around: Pick<RunOptions, "signal" | "earlier">,
): Promise<readonly FinishedCase[]> {
  const cases = Array.from({ length: runs }, (_, number) =>
    caseOfPlan(plan, `${anyHistory.id}[run=${number + 1}]`),
  );
  const { finished } = await runCases({
    cases,
    profile,
    target: url,
    workers: runs,
    browser: undefined,
    noBrowser: "a counterexample needs no browser",
    pageFiles: {},
    // The plays are attempts at one case. A failure of one counts as it is.
    retries: false,
    runToken: newRunToken(),
    ...around,
  });
  return finished;
}

/** Prints the result and returns the exit code for it. */
function conclude(finished: readonly FinishedCase[], isRace: boolean): number {
  const records = finished.map(({ record }) => record);
  const failing = records.filter((record) => kindOf(record) === "fail");
  const undecided = records.filter((record) => !["fail", "pass"].includes(kindOf(record)));
  const runs = countOf(records.length, "run");
  for (const { requirement, check, expected, actual } of failing
    .slice(0, 1)
    .flatMap((one) => checksOf(one, "fail")))
    tell(`fail ${requirement} ${check}: expected ${plain(expected)}; seen: ${plain(actual)}`);
  if (failing.length > 0) {
    tell(`It failed in ${failing.length} of ${runs}.`);
    return exitCodes.nonconformant;
  }
  if (undecided.length > 0) {
    tell(`It could not be judged in ${undecided.length} of ${runs}${firstReason(undecided)}.`);
    return exitCodes.incomplete;
  }
  tell(
    isRace
      ? `It did not fail in ${runs}. Such a failure can depend on chance, so this does not prove that it is fixed. \`--runs\` plays it more often.`
      : `It did not fail in ${runs}.`,
  );
  return exitCodes.conformant;
}

/** Prints a text, wrapped at the width of the terminal. */
const tell = (text: string): void => console.log(wrappedFor(process.stdout, text));

function firstReason(records: readonly CaseRecord[]): string {
  const [reason] = records
    .flatMap((record) => [...checksOf(record, "inconclusive"), ...checksOf(record, "not-applicable")])
    .map((check) => check.reason);
  return reason === undefined ? "" : `: ${plain(reason)}`;
}
