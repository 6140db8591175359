import type { Requirement } from "../../harness/judge/requirement.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { columnsOf } from "./columns.ts";
import {
  columnKey,
  type CheckColumn,
  type KillMatrix,
  type MutantResult,
  type MutantState,
  type UnbrokenResult,
} from "../../reports/kill-matrix/record.ts";
import { exitCodes } from "../exit.ts";

/** Results of one invocation. */
export interface MutantResults {
  readonly mutants: MutantResult[];
  readonly unbroken: UnbrokenResult[];
  readonly interrupted: boolean;
}

/** Cases, requirements and mutants that the results are compared with. */
export interface MutantCatalogue {
  /** All cases that may run. */
  readonly cases: readonly Case[];
  readonly requirements: readonly Requirement[];
  /** Requirements that each mutant breaks, including mutants that were not run. */
  readonly mutants: readonly { readonly breaks: readonly string[] }[];
  /** True if all mutants were to be run. */
  readonly all: boolean;
}

type KillMatrixConclusion = Pick<
  KillMatrix,
  "mutants" | "unbroken" | "interrupted" | "exitCode" | "totals" | "idleChecks" | "requirementsWithoutMutant"
>;

/** Draws conclusions about the suite from the results of all mutants. */
export function concludeMutants(found: MutantResults, catalogue: MutantCatalogue): KillMatrixConclusion {
  const whole = catalogue.all && !found.interrupted;
  return {
    ...found,
    exitCode: exitCodeOf(found),
    totals: totalsOf(found.mutants),
    idleChecks: whole ? idleChecks(found.mutants, columnsOf(catalogue.cases)) : null,
    requirementsWithoutMutant: withoutMutant(catalogue),
  };
}

/**
 * Returns the exit code: interruption first, then errors of the suite or the reference server, then undecided
 * mutants.
 */
function exitCodeOf({ mutants, unbroken, interrupted }: MutantResults): number {
  if (interrupted) return exitCodes.interrupted;
  const isWrong =
    unbroken.some(({ notPassed }) => notPassed.some(({ kind }) => kind === "fail")) ||
    mutants.some(
      ({ state, unexpected }) =>
        state === "survived" || state === "killed-otherwise" || unexpected.length > 0,
    );
  if (isWrong) return exitCodes.nonconformant;
  return mutants.some(({ state }) => state === "undecided") ? exitCodes.incomplete : exitCodes.conformant;
}

function totalsOf(mutants: readonly MutantResult[]): KillMatrix["totals"] {
  const count = (wanted: MutantState) => mutants.filter(({ state }) => state === wanted).length;
  return {
    mutants: mutants.length,
    killed: count("killed"),
    killedOtherwise: count("killed-otherwise"),
    survived: count("survived"),
    undecided: count("undecided"),
    unexpected: mutants.filter(({ unexpected }) => unexpected.length > 0).length,
  };
}

/** Returns the checks that no mutant fails as declared. */
export function idleChecks(
  mutants: readonly MutantResult[],
  columns: readonly CheckColumn[],
): NonNullable<KillMatrix["idleChecks"]> {
  const kills = new Set(
    mutants.flatMap(({ kills: own, alsoKills }) => [...own, ...alsoKills]).map(columnKey),
  );
  return columns
    .filter((column) => !kills.has(columnKey(column)))
    .map((column) => ({
      ...column,
      mutants: mutants.filter(({ judged }) =>
        judged.some((one) => columnKey(one) === columnKey(column) && one.pass + one.fail > 0),
      ).length,
    }));
}

function withoutMutant({ cases, requirements, mutants }: MutantCatalogue): string[] {
  const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
  const asked = new Set(cases.flatMap(({ checks }) => Object.keys(checks)));
  return requirements.flatMap(({ id, level }) =>
    level === "MUST" && asked.has(id) && !broken.has(id) ? [id] : [],
  );
}
