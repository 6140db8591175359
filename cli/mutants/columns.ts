import type { Case } from "../../harness/scenario/scenario.ts";
import { checkKind, columnKey, type CheckColumn } from "../../reports/kill-matrix/record.ts";

/** Returns every pair of requirement and check of the cases, each once, in their order. */
export function columnsOf(cases: readonly Case[]): CheckColumn[] {
  const columns = cases.flatMap(({ checks }) =>
    Object.entries(checks).flatMap(([requirement, all]) =>
      all.map(({ name }) => ({ requirement, check: checkKind(name) })),
    ),
  );
  return [...new Map(columns.map((column) => [columnKey(column), column])).values()];
}
