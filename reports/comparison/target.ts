import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { checksOf, groupBy } from "../read/record-queries.ts";
import {
  requirementsIn,
  type RequirementsInRun,
  type RequirementInRun,
} from "../read/requirements-in-run.ts";

/** A run that is to be compared, and what its target is called there. */
export interface NamedRecord {
  readonly name: string;
  readonly record: RunRecord;
}

/** One column of the comparison. */
export interface ComparedTarget extends NamedRecord {
  /** From 1 on, in the order given: part of its anchors. */
  readonly place: number;
  /** Which of those with the same name it is; null where the name is its own. */
  readonly number: number | null;
  readonly requirements: RequirementsInRun;
}

export function targetsOf(records: readonly NamedRecord[]): readonly ComparedTarget[] {
  const alike = groupBy(records, ({ name }) => name);
  return records.map((one, place) => {
    const namesakes = alike.get(one.name) ?? [];
    return {
      ...one,
      place: place + 1,
      number: namesakes.length > 1 ? namesakes.indexOf(one) + 1 : null,
      requirements: requirementsIn(one.record),
    };
  });
}

/** One requirement, and what came of it at each target: undefined where a run did not ask it. */
export interface ComparedRequirement {
  readonly requirement: RequirementInRun;
  readonly at: readonly (RequirementInRun | undefined)[];
}

/** All requirements that any run asked, those first that some target fails, then those that some left open. */
export function comparedRequirements(targets: readonly ComparedTarget[]): readonly ComparedRequirement[] {
  const all = new Map(
    targets.flatMap(({ requirements }) =>
      [...requirements.values()].map((requirement) => [requirement.id, requirement]),
    ),
  );
  return [...all.values()]
    .map((requirement) => ({
      requirement,
      at: targets.map(({ requirements }) => requirements.get(requirement.id)),
    }))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ at }: ComparedRequirement): number {
  const kinds = at.map((requirement) => requirement?.verdict);
  if (kinds.includes("fail")) return 0;
  return kinds.includes("inconclusive") ? 1 : 2;
}

/** The verdicts of which the page tells more than the word. */
export type RequirementTrouble = Extract<VerdictKind, "fail" | "inconclusive">;

export const isTrouble = (kind: VerdictKind): kind is RequirementTrouble =>
  kind === "fail" || kind === "inconclusive";

/** The cases in which a requirement came to that verdict. */
export function casesWith(
  { record: { cases } }: ComparedTarget,
  requirement: string,
  kind: VerdictKind,
): readonly CaseRecord[] {
  return cases.filter((run) => checksOf(run, kind).some((check) => check.requirement === requirement));
}
