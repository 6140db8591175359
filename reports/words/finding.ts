import type { CaseRecord } from "../../harness/judge/record.ts";
import { checksOf, repetition, type Checked } from "../read/record-queries.ts";
import { requirementLabel, type RequirementsInRun } from "../read/requirements-in-run.ts";
import { plain } from "./text.ts";

/** Describes a failed check in a line. */
export const failureLine = (
  { requirement, expected, actual }: Checked<"fail">,
  requirements: RequirementsInRun,
): string =>
  `${requirementLabel(requirement, requirements)}: expected: ${plain(expected)}; seen: ${plain(actual)}`;

/** Describes an inconclusive check in a line, with the reason. */
export const openLine = (
  { requirement, reason }: Checked<"inconclusive">,
  requirements: RequirementsInRun,
): string => `${requirementLabel(requirement, requirements)}: not judged: ${plain(reason)}`;

/** Returns a line per check of a case that did not pass: failures, then inconclusive checks, then not applicable ones. */
export function findingsOf(run: CaseRecord, requirements: RequirementsInRun): readonly string[] {
  return [
    ...checksOf(run, "fail").map((check) => {
      const repeated = repetition(check);
      return `${failureLine(check, requirements)}${repeated === null ? "" : `; ${repeated}`}`;
    }),
    ...checksOf(run, "inconclusive").map((check) => openLine(check, requirements)),
    ...new Set(checksOf(run, "not-applicable").map(({ reason }) => `not applicable: ${plain(reason)}`)),
  ];
}
