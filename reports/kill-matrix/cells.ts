import { groupBy } from "../read/digest.ts";
import {
  checkKind,
  columnKey,
  type Column,
  type Finding,
  type KillMatrix,
  type MutantResult,
} from "./record.ts";

/** How a mutant and a check met; `open` where that came to no verdict that counts. */
export type CellKind = "expected" | "also" | "unexpected" | "passed" | "open";

export interface Cell {
  readonly kind: CellKind;
  readonly column: Column;
  /** The failures that count. */
  readonly findings: readonly Finding[];
}

export interface Row {
  readonly mutant: MutantResult;
  /** By `columnKey`; none where the check was not asked. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Every check that was asked of any mutant, those of one requirement side by side. */
export function columnsOf({ mutants }: Pick<KillMatrix, "mutants">): readonly Column[] {
  const asked = mutants.flatMap(({ judged }) =>
    judged.filter((one) => one.pass + one.fail + one.inconclusive > 0),
  );
  const known = new Map(
    asked.map(({ requirement, check }) => [columnKey({ requirement, check }), { requirement, check }]),
  );
  return [...groupBy([...known.values()], ({ requirement }) => requirement).values()].flat();
}

export function rowOf(mutant: MutantResult): Row {
  const { kills, alsoKills, unexpected, judged } = mutant;
  const cells = new Map<string, Cell>();
  for (const { requirement, check, pass, fail, inconclusive } of judged) {
    if (pass + fail + inconclusive === 0) continue;
    const column = { requirement, check };
    cells.set(columnKey(column), { kind: pass > 0 ? "passed" : "open", column, findings: [] });
  }
  for (const [kind, findings] of [
    ["also", alsoKills],
    ["unexpected", unexpected],
    ["expected", kills],
  ] as const) {
    for (const [key, some] of groupBy(findings, columnKey)) {
      const [first] = some;
      if (first === undefined) continue;
      const column = { requirement: first.requirement, check: checkKind(first.check) };
      cells.set(key, { kind, column, findings: some });
    }
  }
  return { mutant, cells };
}

/** What a mutant says that it breaks, and no check has shown. */
export const unshown = ({ breaks, kills }: MutantResult): readonly string[] =>
  breaks.filter((id) => !kills.some(({ requirement }) => requirement === id));
