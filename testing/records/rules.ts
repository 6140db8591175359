import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import { cellsOf } from "../../reports/diagnosis/cells.ts";
import { rules } from "../../reports/diagnosis/known-causes.ts";
import { caseOf, checkOf, recordOf } from "./build.ts";

/** Returns the sentence of a rule about a run with these cases; undefined if the rule does not hold. */
export function said(rule: string, ...cases: readonly CaseRecord[]): string | undefined {
  const record = recordOf(cases);
  return rules[rule]?.look({ record, cells: cellsOf(record) })?.sentence;
}

/** A verdict of one attempt. */
export const verdict = (
  requirement: string,
  check: string,
  passed: boolean,
  evidence: number[] = [0],
): CheckRecord =>
  checkOf(
    requirement,
    check,
    passed
      ? { kind: "pass", evidence }
      : { kind: "fail", expected: "a leave", actual: "it received no leave", evidence },
  );

/** A case in which the leave of alice arrived, or is missing. */
export function leave(
  id: string,
  requirement: string,
  answer: "arrived" | "missing",
  more: Partial<CaseRecord> = {},
): CaseRecord {
  const axes = Object.fromEntries(
    [...id.matchAll(/(\w+)=([^,\]]+)/g)].map(([, axis = "", value = ""]) => [axis, value]),
  );
  return caseOf(id, id, [verdict(requirement, "heard-by-all(alice)", answer === "arrived")], {
    axes,
    ...more,
  });
}
