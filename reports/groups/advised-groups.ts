import type { RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, eachClassOnce, type Advice } from "../advice/advice-for.ts";
import { perRecord } from "../read/per-record.ts";
import { advisedCauses, type AdvisedCause } from "./advised-causes.ts";
import { findingGroups, type FindingGroup } from "./finding-groups.ts";

/** Group with its number in the report, and its advice. */
export interface AdvisedGroup {
  readonly group: FindingGroup;
  /** Counts from 1. */
  readonly number: number;
  readonly advice?: Advice;
  /** Number of an earlier group with the same advice. */
  readonly adviceAt?: number;
  /** True if one very likely cause explains all its findings and those of an earlier group. Reports then show it in short. */
  readonly isFurther: boolean;
}

/**
 * Returns the groups of a run with their advice: further ones after all others, but before those that the baseline accepts. Each advice
 * belongs to the first group that it fits: that on its very likely cause, or on its requirement. Findings that the baseline accepts need none.
 */
export const advisedGroups = perRecord(adviseGroups);

function adviseGroups(record: RunRecord): readonly AdvisedGroup[] {
  const given = new Map<string, number>();
  const groups = furtherLast(record).map(({ group, cause, isFurther }, place): AdvisedGroup => {
    const number = place + 1;
    const advice = group.effect === "known" ? undefined : (cause?.advice ?? adviceFor(group, record));
    if (advice === undefined) return { group, number, isFurther };
    const adviceAt = given.get(advice.id);
    if (adviceAt !== undefined) return { group, number, isFurther, adviceAt };
    given.set(advice.id, number);
    return { group, number, isFurther, advice };
  });
  const once = eachClassOnce(groups);
  return once.map((one) =>
    one.advice === undefined ? one : { ...one, advice: withPlace(one.advice, once) },
  );
}

/** Adds the number of the group that has the text of the advice's class, where this place has none. */
export function withPlace(advice: Advice, groups: readonly AdvisedGroup[]): Advice {
  const { spring } = advice;
  if (spring?.code === undefined || spring.code.text !== undefined) return advice;
  const { code } = spring;
  const holder = groups.find(
    ({ advice: other }) => other?.spring?.code?.name === code.name && other.spring.code.text !== undefined,
  );
  return holder === undefined
    ? advice
    : { ...advice, spring: { ...spring, code: { ...code, at: holder.number } } };
}

interface RankedGroup extends Pick<AdvisedGroup, "group" | "isFurther"> {
  readonly cause: AdvisedCause | undefined;
}

function furtherLast(record: RunRecord): readonly RankedGroup[] {
  const likely = advisedCauses(record).filter(({ diagnosis }) => diagnosis.confidence === "very likely");
  const shown = new Set<AdvisedCause>();
  const ranked = findingGroups(record).map((group): RankedGroup => {
    const explainsAll = ({ explains }: AdvisedCause) =>
      group.findings.every(({ run }) => explains(group, run));
    const cause = group.effect === "known" ? undefined : likely.find(explainsAll);
    const isFurther = cause !== undefined && shown.has(cause);
    if (cause !== undefined) shown.add(cause);
    return { group, cause, isFurther };
  });
  const placeOf = ({ group, isFurther }: RankedGroup) => (group.effect === "known" ? 2 : isFurther ? 1 : 0);
  return ranked.toSorted((a, b) => placeOf(a) - placeOf(b));
}
