import { conclude } from "../../harness/judge/outcome.ts";
import type { AgainstBaseline, CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { acceptedIn, hasAcceptedFailure } from "../../reports/read/case-status.ts";
import { countOf } from "../../reports/words/text.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { lacksCases } from "../output/run-record.ts";
import { readBaseline, writeBaseline, type Baseline } from "./file.ts";
import { judgeBaseline } from "./judge.ts";
import { updatedBaseline, type UpdateContext } from "./update.ts";

export interface GateOptions {
  /** File of known failures. */
  readonly baseline?: string;
  /** True to write the failures of this run into the file. */
  readonly updateBaseline?: boolean;
  /** True to remove entries whose cases pass. Needs `updateBaseline`. */
  readonly dropPassed?: boolean;
}

/** Baseline of a run, and whether the run updates it. */
export interface Gate {
  readonly file: string;
  readonly baseline: Baseline;
  readonly updates: boolean;
  readonly dropsPassed: boolean;
}

/**
 * Reads the baseline before a run starts.
 * @returns undefined if the options name none
 * @throws UsageError for an invalid file, and for an update in CI, where failures must be examined and not accepted
 */
export async function openGate(options: GateOptions): Promise<Gate | undefined> {
  const { baseline: file, updateBaseline, dropPassed } = options;
  const updates = updateBaseline === true;
  const dropsPassed = dropPassed === true;
  if (dropsPassed && !updates)
    throw new UsageError("--drop-passed needs --update-baseline, which writes the file");
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
  return { file, baseline: baseline ?? { entries: [] }, updates, dropsPassed };
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
  const { file, baseline, dropsPassed } = gate;
  const circumstances: UpdateContext = {
    file,
    catalogue: scenarios.flatMap(casesOf),
    today: new Date().toISOString().slice(0, 10),
    // A requirement that no scenario judges yet will be new once one does.
    requirements: requirements.filter(({ later }) => later === undefined).map(({ id }) => id),
    dropsPassed,
  };
  const updates = gate.updates && record.exitCode !== exitCodes.interrupted;
  const current = updates ? updatedBaseline(record, baseline, circumstances) : baseline;
  return {
    record: withBaseline(record, judgeBaseline(record, current, circumstances)),
    save: async () => {
      if (!updates) return;
      await writeBaseline(file, current);
      process.stderr.write(`${updateWords(file, baseline, current)}\n`);
    },
  };
}

/** Says what an update changed. */
function updateWords(file: string, before: Baseline, { entries, updates = 1 }: Baseline): string {
  const keys = (baseline: Pick<Baseline, "entries">) =>
    new Set(
      baseline.entries.map(
        ({ requirement, cases, accepts = "fail" }) => `${accepts} ${requirement} ${cases}`,
      ),
    );
  const [old, now] = [keys(before), keys({ entries })];
  const added = [...now].filter((one) => !old.has(one)).length;
  const removed = [...old].filter((one) => !now.has(one)).length;
  const rates = entries.filter(({ maxRate }) => maxRate !== undefined).length;
  return `Baseline ${file}: ${added} entries added, ${removed} removed, ${now.size} in all, ${rates} of them with a rate; ${countOf(updates, "update")} so far`;
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
  const { waivers, strict } = record;
  const excused = conclude(withoutAccepted(record.cases, baseline), record.requirements, { waivers, strict });
  const whole = lacksCases(record) ? exitCodes.incomplete : excused.exitCode;
  return { ...record, baseline, exitCode: isRed ? exitCodes.nonconformant : whole };
}

/**
 * Returns the cases with accepted failures counted as passed, and accepted inconclusive checks as not applicable. Other
 * inconclusive checks of a case with an accepted failure do not count: without a leave, its time can't be judged.
 */
function withoutAccepted(cases: readonly CaseRecord[], baseline: AgainstBaseline): CaseRecord[] {
  const acceptedOf = acceptedIn({ baseline });
  return cases.map((one) => {
    const accepted = acceptedOf(one);
    if (accepted.size === 0) return one;
    const hasFailure = hasAcceptedFailure(accepted);
    const verdicts = one.verdicts.map((verdict): CheckRecord => {
      const { requirement, check, attempts, failedAttempts } = verdict;
      const base = { requirement, check, attempts, failedAttempts };
      if (verdict.kind === "fail" && accepted.has(verdict))
        return { ...base, kind: "pass", evidence: verdict.evidence };
      return verdict.kind === "inconclusive" && (hasFailure || accepted.has(verdict))
        ? { ...base, kind: "not-applicable", reason: verdict.reason }
        : verdict;
    });
    return { ...one, verdicts };
  });
}
