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
  /** The file of known failures. */
  readonly baseline?: string;
  /** Whether what the run finds is written into it. */
  readonly updateBaseline?: boolean;
}

/** What a run is to be held against. */
export interface Gate {
  readonly file: string;
  readonly baseline: Baseline;
  readonly updates: boolean;
}

/**
 * Reads the baseline, before anything is run.
 * @returns undefined where none is asked for
 * @throws UsageError for a file that is none, and for an update in CI: what fails there is to be looked at, not accepted
 */
export async function openGate({ baseline: file, updateBaseline }: GateOptions): Promise<Gate | undefined> {
  const updates = updateBaseline === true;
  if (file === undefined) {
    if (updates) throw new UsageError("--update-baseline writes the file that --baseline names; name one");
    return undefined;
  }
  if (updates && (process.env["CI"] ?? "") !== "")
    throw new UsageError(
      "--update-baseline would accept whatever fails, and CI is set: update it at your desk, and commit it",
    );
  const baseline = await readBaseline(file);
  if (baseline === undefined && !updates)
    throw new UsageError(`--baseline ${file}: there is no such file; --update-baseline makes it`);
  return { file, baseline: baseline ?? { entries: [] }, updates };
}

/** A run that has been held against its baseline. */
export interface GatedRun {
  readonly record: RunRecord;
  /**
   * Writes the baseline where it is to be brought up to date; for when the record is safe. After an interruption it stays as it
   * was: what was not asked may fail as well.
   * @throws UsageError where it can't be written
   */
  readonly save: () => Promise<void>;
}

/** Holds a run against its baseline, brought up to date first where that is asked for; and as it is where there is none. */
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

/** With what is known and accepted out of the way: worse, or out of date; then incomplete; then as it should be. */
export function withBaseline(record: RunRecord, baseline: AgainstBaseline): RunRecord {
  if (record.exitCode === exitCodes.interrupted) return { ...record, baseline };
  // Failures that may come of a wrong profile are in no run that is nonconformant.
  const isWorse = baseline.worse.length > 0 && record.outcome === "nonconformant";
  const isRed = isWorse || baseline.obsolete.length > 0;
  const { waivers, strict, requirements } = record;
  const excused = conclude(withoutKnownFailures(record.cases, baseline), requirements, { waivers, strict });
  const whole = lacksCases(record) ? exitCodes.incomplete : excused.exitCode;
  return { ...record, baseline, exitCode: isRed ? exitCodes.nonconformant : whole };
}

/**
 * The cases, as if what is known had passed. What is open in a case that fails as known is open for that: when no leave comes,
 * nobody can say whether it came in time.
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
