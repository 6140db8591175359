import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { plain } from "../words/text.ts";
import { runDifferences, type RunDifference } from "../read/run-differences.ts";
import { checksOf, groupBy } from "../read/record-queries.ts";
import {
  requirementsIn,
  type RequirementsInRun,
  type RequirementInRun,
} from "../read/requirements-in-run.ts";

/** Run to compare, with the name of its target. */
export interface NamedRecord {
  readonly name: string;
  readonly record: RunRecord;
}

/** Column of the comparison. */
export interface ComparedTarget extends NamedRecord {
  /** Position in the given order, from 1. Part of the target's anchors. */
  readonly place: number;
  /** Number among targets of the same name; null if the name is unique. */
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

/** Returns the circumstances in which the targets' runs differ. Targets of one name have a number. */
export const differencesBetween = (records: readonly NamedRecord[]): readonly RunDifference[] =>
  runDifferences(
    targetsOf(records).map(({ name, number, record }) => ({
      name: number === null ? name : `${plain(name, 50)} (${number})`,
      record,
    })),
  );

/** Requirement with its result on each target; undefined if a run did not judge it. */
export interface ComparedRequirement {
  readonly requirement: RequirementInRun;
  readonly at: readonly (RequirementInRun | undefined)[];
}

/** Returns all requirements of all runs. Failed ones come first, then open ones. */
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

/** Verdicts that the page explains. */
export type RequirementTrouble = Extract<VerdictKind, "fail" | "inconclusive">;

export const isTrouble = (kind: VerdictKind): kind is RequirementTrouble =>
  kind === "fail" || kind === "inconclusive";

/** Returns the cases in which a requirement has this verdict. */
export function casesWith(
  { record: { cases } }: ComparedTarget,
  requirement: string,
  kind: VerdictKind,
): readonly CaseRecord[] {
  return cases.filter((run) => checksOf(run, kind).some((check) => check.requirement === requirement));
}
