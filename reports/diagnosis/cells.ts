import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { checkKind } from "../kill-matrix/record.ts";

/** One question in one case, and its answer. Questions without a verdict of pass or fail are no cells. */
export interface Cell {
  readonly run: CaseRecord;
  readonly requirement: string;
  /** Kind of the check, without its actors. */
  readonly check: string;
  readonly failed: boolean;
  /** Failures of this kind of check. Empty if it passed. */
  readonly failures: readonly Failure[];
}

type Failure = Extract<CheckRecord, { readonly kind: "fail" }>;

/** Requirement and kind of a check, such as `LEAVE-ON-CLOSE heard-by-all`. */
export type Question = `${string} ${string}`;

export const questionOf = ({ requirement, check }: Pick<Cell, "requirement" | "check">): Question =>
  `${requirement} ${check}`;

/** Returns the judged questions of a run. */
export function cellsOf({ cases }: Pick<RunRecord, "cases">): readonly Cell[] {
  return cases.flatMap((run) => {
    const cells = new Map<Question, Cell & { failures: Failure[] }>();
    for (const verdict of run.verdicts) {
      if (verdict.kind !== "pass" && verdict.kind !== "fail") continue;
      const { requirement } = verdict;
      const check = checkKind(verdict.check);
      const key = questionOf({ requirement, check });
      const before = cells.get(key) ?? { run, requirement, check, failed: false, failures: [] };
      if (verdict.kind === "fail") before.failures.push(verdict);
      cells.set(key, { ...before, failed: before.failed || verdict.kind === "fail" });
    }
    return [...cells.values()];
  });
}
