import { phases, type Phase } from "../../harness/history/phase.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy, kindOf } from "./record-queries.ts";

/** Columns of a transport: one per phase, or a single one if its cases have no phase. */
export interface GridColumns {
  readonly transport: string;
  readonly phases: readonly Phase[];
}

/** Cases of one scenario on one transport in one phase: their worst verdict, and a case that has it. */
export interface GridCell {
  readonly kind: VerdictKind;
  readonly cases: number;
  readonly worst: CaseRecord;
}

export interface GridRow {
  readonly scenario: string;
  /** True if the cases have phases. Otherwise there is one cell per transport. */
  readonly phased: boolean;
  /** Cells by transport and phase; see `cellKey`. */
  readonly cells: ReadonlyMap<string, GridCell>;
}

export interface ResultGrid {
  readonly groups: readonly GridColumns[];
  readonly rows: readonly GridRow[];
}

export const cellKey = (transport: string, phase = ""): string => JSON.stringify([transport, phase]);

/** Order of the phases in a session's life. */
const ages: Readonly<Record<Phase, number>> = {
  opened: 0,
  connected: 1,
  subscribed: 2,
  identifying: 3,
  identified: 4,
  hearing: 5,
  disconnected: 6,
};
const inOrder = phases.toSorted((a, b) => ages[a] - ages[b]);

/** Returns the cases that have a transport, by scenario, transport and phase. */
export function gridOf(cases: readonly CaseRecord[]): ResultGrid {
  const onTransports = cases.filter(({ axes }) => axes["transport"] !== undefined);
  const groups = [...groupBy(onTransports, transportOf)].map(([transport, runs]) => ({
    transport,
    phases: runs.some(isPhased) ? inOrder : [],
  }));
  const rows = groupBy(onTransports, (run) => JSON.stringify([run.scenario, isPhased(run)]));
  return {
    groups: groups.toSorted((a, b) => b.phases.length - a.phases.length),
    rows: [...rows.values()].flatMap((runs) => {
      const [first] = runs;
      return first === undefined
        ? []
        : { scenario: first.scenario, phased: isPhased(first), cells: cellsOf(runs) };
    }),
  };
}

const transportOf = ({ axes }: CaseRecord): string => axes["transport"] ?? "";
const phaseOf = ({ axes }: CaseRecord): Phase | undefined => phases.find((phase) => phase === axes["phase"]);
const isPhased = (run: CaseRecord): boolean => phaseOf(run) !== undefined;

function cellsOf(runs: readonly CaseRecord[]): GridRow["cells"] {
  const cells = new Map<string, GridCell>();
  for (const [key, some] of groupBy(runs, (run) => cellKey(transportOf(run), phaseOf(run)))) {
    const kind = worst(some.map(kindOf));
    const shown = some.find((run) => kindOf(run) === kind);
    if (shown !== undefined) cells.set(key, { kind, cases: some.length, worst: shown });
  }
  return cells;
}
