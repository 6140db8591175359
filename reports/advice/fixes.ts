import type { RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, eachClassOnce, type Advice } from "./advice-for.ts";
import { checksOf, groupBy } from "../read/record-queries.ts";
import { failedRequirements } from "../read/failed-requirements.ts";

/** Advice, with the failed requirements that it mends. */
export interface Fix {
  readonly requirements: readonly string[];
  readonly advice: Advice;
}

/**
 * Returns the advice for each failed requirement that has some, the worst first. Ignores failures that the baseline
 * accepts.
 */
export function fixesFor(record: RunRecord): readonly Fix[] {
  const failed = failedRequirements(record).filter(({ cases, known }) => known < cases);
  const fixes = failed.flatMap(({ requirement: { id } }) => {
    const cases = record.cases.filter((run) =>
      checksOf(run, "fail").some(({ requirement }) => requirement === id),
    );
    const advice = adviceFor({ requirement: id, cases }, record);
    return advice === undefined ? [] : { id, advice };
  });
  const groups = [...groupBy(fixes, ({ advice }) => advice.id).values()];
  const shown = eachClassOnce(groups.flatMap(([first]) => first?.advice ?? []));
  return groups.flatMap((same, place) => {
    const advice = shown[place];
    return advice === undefined ? [] : { requirements: same.map(({ id }) => id), advice };
  });
}
