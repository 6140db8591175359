import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { checksOf, kindOf } from "../../reports/read/digest.ts";
import { readReplay } from "../../reports/files/replay-file.ts";
import { plain } from "../../reports/words/text.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { asPlayed } from "../../scenarios/properties/as-played.ts";
import { parsePlan, told, type Plan } from "../../scenarios/properties/plan.ts";
import { assertJudgeable } from "../target/assert-judgeable.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { findTarget, type Target, type TargetChoice } from "../target/target.ts";

const anyHistory = scenarioOf("properties/any-history");

export interface ReplayArguments extends TargetChoice {
  /** How often it is played, side by side. */
  readonly runs: number;
}

/**
 * `hangup replay`: plays a counterexample again, as it is in its file, a few times side by side.
 * @returns 1 if it fails in any of them, 3 if it could not be judged in some, 0 if it holds in all
 * @throws UsageError for a file that is none
 */
export async function replay(file: string, { runs, ...choice }: ReplayArguments): Promise<number> {
  const plan = await planIn(file);
  const { signal, ignore } = awaitInterruption();
  let target: Target | undefined;
  try {
    target = await findTarget(choice, signal);
    const judgeable = target.isReference
      ? undefined
      : await assertJudgeable(target.profile, target.url, signal);
    console.log(told(asPlayed(plan, target.profile)).join("\n"));
    const finished = await play(plan, runs, target, { signal, earlier: judgeable?.earlier });
    if (signal.aborted) return exitCodes.interrupted;
    return conclude(finished);
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    await target?.stop();
    ignore();
  }
}

async function planIn(file: string): Promise<Plan> {
  try {
    const { property, plan } = readReplay(await readFile(file, "utf8"), file);
    if (property !== anyHistory.id)
      throw new Error(`${file} is of ${plain(property, 80)}, which this version of hangup does not have`);
    return asPlan(plan, file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function asPlan(plan: unknown, file: string): Plan {
  try {
    return parsePlan(plan);
  } catch (error) {
    throw new Error(`${file}: plan.${plain(error instanceof Error ? error.message : String(error))}`);
  }
}

async function play(
  plan: Plan,
  runs: number,
  { profile, url }: Target,
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
    noBrowser: "a counterexample takes none",
    pageFiles: {},
    runToken: randomInt(2 ** 31).toString(36),
    ...around,
  });
  return finished;
}

/** Says what came of it, and gives the exit code for that. */
function conclude(finished: readonly FinishedCase[]): number {
  const records = finished.map(({ record }) => record);
  const failing = records.filter((record) => kindOf(record) === "fail");
  const held = records.filter((record) => kindOf(record) === "pass");
  for (const { requirement, check, expected, actual } of failing
    .slice(0, 1)
    .flatMap((one) => checksOf(one, "fail")))
    console.log(`fail ${requirement} ${check}: expected ${plain(expected)}; seen: ${plain(actual)}`);
  if (failing.length > 0) {
    console.log(`It still fails: in ${failing.length} of ${records.length} runs.`);
    return exitCodes.nonconformant;
  }
  if (held.length < records.length) {
    console.log(
      `It could not be judged in ${records.length - held.length} of ${records.length} runs${whyNot(records)}.`,
    );
    return exitCodes.incomplete;
  }
  console.log(`It fails no longer: it held in all ${records.length} runs.`);
  return exitCodes.conformant;
}

function whyNot(records: readonly CaseRecord[]): string {
  const [reason] = records
    .filter((record) => kindOf(record) !== "pass")
    .flatMap((record) => [...checksOf(record, "inconclusive"), ...checksOf(record, "not-applicable")])
    .map((check) => check.reason);
  return reason === undefined ? "" : `: ${plain(reason)}`;
}
