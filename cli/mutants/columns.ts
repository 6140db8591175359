import type { Case } from "../../harness/scenario/scenario.ts";
import { checkKind, columnKey, type CheckColumn } from "../../reports/kill-matrix/record.ts";

/** Every question that the cases ask, in their order, each once. */
export function columnsOf(cases: readonly Case[]): CheckColumn[] {
  const columns = cases.flatMap(({ checks }) =>
    Object.entries(checks).flatMap(([requirement, all]) =>
      all.map(({ name }) => ({ requirement, check: checkKind(name) })),
    ),
  );
  return [...new Map(columns.map((column) => [columnKey(column), column])).values()];
}
