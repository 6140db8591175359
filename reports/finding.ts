import type { CaseRecord } from "../harness/record.ts";
import { checksOf, repetition } from "./digest.ts";
import { naming, type Duties } from "./duty.ts";
import { plain } from "./text.ts";

/** What a case that did not pass has to say, a line each check: failures, then what is open, then what does not apply. */
export function findingsOf(run: CaseRecord, duties: Duties): readonly string[] {
  return [
    ...checksOf(run, "fail").map((check) => {
      const repeated = repetition(check);
      return `${naming(check.requirement, duties)}: expected: ${plain(check.expected)}; seen: ${plain(check.actual)}${repeated === null ? "" : `; ${repeated}`}`;
    }),
    ...checksOf(run, "inconclusive").map(
      ({ requirement, reason }) => `${naming(requirement, duties)}: not judged: ${plain(reason)}`,
    ),
    ...new Set(checksOf(run, "not-applicable").map(({ reason }) => `not applicable: ${plain(reason)}`)),
  ];
}
