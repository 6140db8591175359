import type { RunRecord } from "../../harness/judge/record.ts";
import { advice, type Advice } from "../words/advice.ts";
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

/** Returns the groups of a run with their advice. Each advice belongs to the first group that it fits. */
export function advisedGroups(record: RunRecord): readonly AdvisedGroup[] {
  const given = new Map<string, number>();
  return findingGroups(record).map((group, place) => {
    const number = place + 1;
    const own = adviceFor(group);
    if (own === undefined) return { group, number };
    const key = JSON.stringify(own);
    const adviceAt = given.get(key);
    if (adviceAt !== undefined) return { group, number, adviceAt };
    given.set(key, number);
    return { group, number, advice: own };
  });
}

/** Returns the change that fixes a group's findings, if one is known. Accepted findings need none. */
const adviceFor = ({ requirement, effect }: FindingGroup): Advice | undefined =>
  effect === "known" ? undefined : advice.get(requirement);
