import type { CaseRecord } from "../../harness/judge/record.ts";
import { checksOf, repetition, type Checked } from "../read/record-queries.ts";
import { naming, type Duties } from "../read/requirements-in-run.ts";
import { plain } from "./text.ts";

/** What failed, in a line. */
export const failureLine = ({ requirement, expected, actual }: Checked<"fail">, duties: Duties): string =>
  `${naming(requirement, duties)}: expected: ${plain(expected)}; seen: ${plain(actual)}`;

/** What is open, and why, in a line. */
export const openLine = ({ requirement, reason }: Checked<"inconclusive">, duties: Duties): string =>
  `${naming(requirement, duties)}: not judged: ${plain(reason)}`;

/** What a case that did not pass has to say, a line each check: failures, then what is open, then what does not apply. */
export function findingsOf(run: CaseRecord, duties: Duties): readonly string[] {
  return [
    ...checksOf(run, "fail").map((check) => {
      const repeated = repetition(check);
      return `${failureLine(check, duties)}${repeated === null ? "" : `; ${repeated}`}`;
    }),
    ...checksOf(run, "inconclusive").map((check) => openLine(check, duties)),
    ...new Set(checksOf(run, "not-applicable").map(({ reason }) => `not applicable: ${plain(reason)}`)),
  ];
}
