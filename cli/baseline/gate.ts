import { conclude } from "../../harness/judge/outcome.ts";
import type { AgainstBaseline, CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { knownIn } from "../../reports/read/case-status.ts";
import { scenarios } from "../../scenarios/index.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { lacksCases } from "../output/run-record.ts";
import { readBaseline, writeBaseline, type Baseline } from "./file.ts";
import { judgeBaseline, type BaselineContext } from "./judge.ts";
import { updatedBaseline } from "./update.ts";

export interface GateOptions {
  /** File of known failures. */
  readonly baseline?: string;
  /** True to write the failures of this run into the file. */
  readonly updateBaseline?: boolean;
}

/** Baseline of a run, and whether the run updates it. */
export interface Gate {
  readonly file: string;
  readonly baseline: Baseline;
  readonly updates: boolean;
}

/**
 * Reads the baseline before a run starts.
 * @returns undefined if the options name none
 * @throws UsageError for an invalid file, and for an update in CI, where failures must be examined and not accepted
 */
export async function openGate({ baseline: file, updateBaseline }: GateOptions): Promise<Gate | undefined> {
  const updates = updateBaseline === true;
  if (file === undefined) {
    if (updates) throw new UsageError("--update-baseline needs --baseline, which names the file to write");
    return undefined;
  }
  if (updates && (process.env["CI"] ?? "") !== "")
    throw new UsageError(
      "--update-baseline accepts all failures, and CI is set. Update the baseline on your machine and commit it.",
    );
  const baseline = await readBaseline(file);
  if (baseline === undefined && !updates)
    throw new UsageError(`--baseline ${file}: the file does not exist. --update-baseline creates it.`);
  return { file, baseline: baseline ?? { entries: [] }, updates };
}

/** Run with its result against the baseline. */
export interface GatedRun {
  readonly record: RunRecord;
  /**
   * Writes the updated baseline. Call it after the record is written. Does nothing after an interruption, because
   * cases that did not run may also fail.
   * @throws UsageError if the file can't be written
   */
  readonly save: () => Promise<void>;
}

/** Compares a run with its baseline, after updating the baseline if the options say so. */
export function applyGate(record: RunRecord, gate: Gate | undefined): GatedRun {
  if (gate === undefined) return { record, save: () => Promise.resolve() };
  const { file, baseline } = gate;
  const circumstances: BaselineContext = {
    file,
    catalogue: scenarios.flatMap(casesOf),
    today: new Date().toISOString().slice(0, 10),
  };
  const updates = gate.updates && record.exitCode !== exitCodes.interrupted;
  const current = updates ? updatedBaseline(record, baseline, circumstances) : baseline;
  return {
    record: withBaseline(record, judgeBaseline(record, current, circumstances)),
    save: () => (updates ? writeBaseline(file, current) : Promise.resolve()),
  };
}

/**
 * Sets the exit code of a run that has a baseline. New failures and obsolete entries come first, then missing
 * evidence.
 */
export function withBaseline(record: RunRecord, baseline: AgainstBaseline): RunRecord {
  if (record.exitCode === exitCodes.interrupted) return { ...record, baseline };
  // A wrong profile can cause failures, but never a nonconformant run.
  const isWorse = baseline.worse.length > 0 && record.outcome === "nonconformant";
  const isRed = isWorse || baseline.obsolete.length > 0;
  const { waivers, strict, requirements } = record;
  const excused = conclude(withoutKnownFailures(record.cases, baseline), requirements, { waivers, strict });
  const whole = lacksCases(record) ? exitCodes.incomplete : excused.exitCode;
  return { ...record, baseline, exitCode: isRed ? exitCodes.nonconformant : whole };
}

/**
 * Returns the cases with known failures counted as passed. Inconclusive checks of such a case do not count: without a
 * leave, its time can't be judged.
 */
function withoutKnownFailures(cases: readonly CaseRecord[], baseline: AgainstBaseline): CaseRecord[] {
  const knownOf = knownIn({ baseline });
  return cases.map((one) => {
    const known = knownOf(one);
    if (known.size === 0) return one;
    const verdicts = one.verdicts.map((verdict): CheckRecord => {
      const { requirement, check, attempts, failedAttempts } = verdict;
      const base = { requirement, check, attempts, failedAttempts };
      if (verdict.kind === "fail" && known.has(verdict))
        return { ...base, kind: "pass", evidence: verdict.evidence };
      return verdict.kind === "inconclusive"
        ? { ...base, kind: "not-applicable", reason: verdict.reason }
        : verdict;
    });
    return { ...one, verdicts };
  });
}
