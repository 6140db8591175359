import type { RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, eachClassOnce, type Advice } from "../advice/advice-for.ts";
import { perRecord } from "../read/per-record.ts";
import { findingGroups, type FindingGroup } from "./finding-groups.ts";

/** Group with its number in the report, and its advice. */
export interface AdvisedGroup {
  readonly group: FindingGroup;
  /** Counts from 1. */
  readonly number: number;
  readonly advice?: Advice;
  /** Number of an earlier group with the same advice. */
  readonly adviceAt?: number;
}

/**
 * Returns the groups of a run with their advice. Each advice belongs to the first group that it fits. Findings that the baseline accepts need
 * none.
 */
export const advisedGroups = perRecord(adviseGroups);

function adviseGroups(record: RunRecord): readonly AdvisedGroup[] {
  const given = new Map<string, number>();
  const groups = findingGroups(record).map((group, place): AdvisedGroup => {
    const number = place + 1;
    const advice = group.effect === "known" ? undefined : adviceFor(group, record);
    if (advice === undefined) return { group, number };
    const adviceAt = given.get(advice.id);
    if (adviceAt !== undefined) return { group, number, adviceAt };
    given.set(advice.id, number);
    return { group, number, advice };
  });
  const shown = eachClassOnce(groups.flatMap(({ advice }) => advice ?? []))[Symbol.iterator]();
  return groups.map((one) => {
    const next = one.advice && shown.next();
    return next === undefined || next.done === true ? one : { ...one, advice: next.value };
  });
}
