import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { acceptedIn, caseStatusIn } from "../read/case-status.ts";
import { checksOf, groupBy } from "../read/record-queries.ts";

/** Inconclusive cases with one reason. */
export interface OpenGroup {
  readonly reason: string;
  readonly requirements: readonly string[];
  readonly cases: readonly [CaseRecord, ...CaseRecord[]];
}

/** Groups the open checks of inconclusive cases by their reasons, regardless of names and numbers. */
export function openGroups(record: RunRecord): readonly OpenGroup[] {
  const statusOf = caseStatusIn(record);
  const acceptedOf = acceptedIn(record);
  const open = record.cases
    .filter((run) => statusOf(run) === "inconclusive")
    .flatMap((run) => {
      const accepted = acceptedOf(run);
      return checksOf(run, "inconclusive")
        .filter((check) => !accepted.has(check))
        .map(({ requirement, reason }) => ({ run, requirement, reason }));
    });
  return [...groupBy(open, ({ reason }) => alike(reason)).values()]
    .flatMap((members): OpenGroup[] => {
      const [first] = members;
      if (first === undefined) return [];
      const others = new Set(members.map(({ run }) => run).filter((run) => run !== first.run));
      return [
        {
          reason: first.reason,
          requirements: [...new Set(members.map(({ requirement }) => requirement))],
          cases: [first.run, ...others],
        },
      ];
    })
    .sort((a, b) => b.cases.length - a.cases.length);
}

/** Removes quoted values, numbers and the names of actors. */
const alike = (reason: string): string =>
  reason
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/\b(alice|bob|carol|dave|erin|frank)\b/g, "")
    .replaceAll(/\d+([.,]\d+)*/g, "0");
