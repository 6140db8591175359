import { questionOf, type Cell } from "./cells.ts";
import type { Cause, Facts, FoundCause } from "./cause.ts";

/** A cause beside a run. */
export interface Candidate extends FoundCause {
  readonly cause: Cause;
  /** Failed questions that the cause predicts to fail. */
  readonly explained: readonly Cell[];
  /** Passed questions that it predicts to fail. */
  readonly contradicted: readonly Cell[];
}

/** Returns the causes that explain a failure of the run. */
export function candidatesIn(facts: Facts, causes: readonly Cause[]): readonly Candidate[] {
  return causes.flatMap((cause) => {
    const found = cause.look(facts);
    if (found === undefined) return [];
    const explained: Cell[] = [];
    const contradicted: Cell[] = [];
    for (const cell of facts.cells) {
      const predicted = found.predict(cell);
      if (cell.failed && (predicted === "fail" || predicted === "either")) explained.push(cell);
      if (!cell.failed && predicted === "fail") contradicted.push(cell);
    }
    return explained.length === 0 ? [] : [{ ...found, cause, explained, contradicted }];
  });
}

/**
 * Returns the weight of a cell. A question in a scenario weighs 1, however many transports and phases the scenario has, so that the
 * largest grid does not decide alone.
 */
export function weightsIn({ cells }: Facts): (some: readonly Cell[]) => number {
  const keyOf = (cell: Cell) => `${cell.run.scenario} ${questionOf(cell)}`;
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + 1);
  const weights = new Map(cells.map((cell) => [cell, 1 / (counts.get(keyOf(cell)) ?? 1)]));
  return (some) => some.reduce((sum, cell) => sum + (weights.get(cell) ?? 0), 0);
}
