import type { CaseRecord } from "../../harness/judge/record.ts";
import { checksOf, groupBy, type Checked } from "./record-queries.ts";
import { countOf, plain } from "../words/text.ts";

/** Failed case, with the other cases that fail in the same way. */
export interface GroupedFailure {
  readonly run: CaseRecord;
  readonly others: readonly CaseRecord[];
}

/** Number of other cases that are named. */
const namedMax = 3;

/**
 * Groups cases that fail the same checks of the same requirements, regardless of the actors. The first case of a
 * group keeps its place.
 * @param failuresOf returns the failures that count
 */
export function groupFailures(
  cases: readonly CaseRecord[],
  failuresOf: (run: CaseRecord) => readonly Checked<"fail">[] = (run) => checksOf(run, "fail"),
): readonly GroupedFailure[] {
  const keyOf = (run: CaseRecord) => {
    const failed = failuresOf(run).map(
      ({ requirement, check }) => `${requirement} ${check.split("(")[0] ?? ""}`,
    );
    // A case without failures forms its own group.
    return failed.length === 0 ? run.id : [...new Set(failed)].sort().join(", ");
  };
  return [...groupBy(cases, keyOf).values()].flatMap(([run, ...others]) =>
    run === undefined ? [] : { run, others },
  );
}

/** Returns a line such as `the same in 28 more cases: leave/fin, …`; undefined if there are no others. */
export function othersInWords({ others }: GroupedFailure): string | undefined {
  if (others.length === 0) return undefined;
  const named = others.slice(0, namedMax).map(({ id }) => plain(id, 160));
  const more = others.length > named.length ? ", \u2026" : "";
  return `the same in ${countOf(others.length, "more case")}: ${named.join(", ")}${more}`;
}
