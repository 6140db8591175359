import type { RunRecord } from "../../harness/judge/record.ts";
import { advice, type Advice } from "./advice.ts";
import { groupBy } from "../read/record-queries.ts";
import { failedRequirements } from "../read/failed-requirements.ts";

/** Change for a Spring server, with the failed requirements that it fixes. */
export interface Fix {
  readonly requirements: readonly string[];
  readonly advice: Advice;
}

/**
 * Returns a fix for each failed requirement that has one, the worst first. Ignores failures that the baseline
 * accepts.
 */
export function fixesFor(record: RunRecord): readonly Fix[] {
  const failed = failedRequirements(record).filter(({ cases, known }) => known < cases);
  const ids = failed.map(({ requirement }) => requirement.id).filter((id) => advice.has(id));
  return [...groupBy(ids, (id) => advice.get(id)?.words ?? "").values()].flatMap((requirements) => {
    const own = advice.get(requirements[0] ?? "");
    return own === undefined ? [] : { requirements, advice: own };
  });
}
