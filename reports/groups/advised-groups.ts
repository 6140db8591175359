import type { RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, eachClassOnce, type Advice, type AdvisedClass } from "../advice/advice-for.ts";
import { diagnosesIn, type Diagnosis } from "../diagnosis/diagnose.ts";
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
    const advice = group.effect === "known" ? undefined : adviceOn(group, cause, record);
    if (advice === undefined) return { group, number, isFurther };
    const adviceAt = given.get(advice.id);
    if (adviceAt !== undefined) return { group, number, isFurther, adviceAt };
    given.set(advice.id, number);
    return { group, number, isFurther, advice };
  });
  const shown = eachClassOnce(groups.flatMap(({ advice }) => advice ?? []))[Symbol.iterator]();
  const once = groups.map((one) => {
    const next = one.advice && shown.next();
    return next === undefined || next.done === true ? one : { ...one, advice: next.value };
  });
  return once.map((one) => {
    const { advice } = one;
    if (advice?.spring?.code === undefined) return one;
    const { spring } = advice;
    return {
      ...one,
      advice: { ...advice, spring: { ...spring, code: withPlace(advice.spring.code, once) } },
    };
  });
}

/** Adds the number of the group that has the text of a class, where this place has none. */
export function withPlace(code: AdvisedClass, groups: readonly AdvisedGroup[]): AdvisedClass {
  const holder = groups.find(
    ({ advice }) => advice?.spring?.code?.name === code.name && advice.spring.code.text !== undefined,
  );
  return code.text !== undefined || holder === undefined ? code : { ...code, at: holder.number };
}

/** Returns the advice on the very likely cause of a group. Without any, that on its own requirement. */
function adviceOn(group: FindingGroup, cause: Diagnosis | undefined, record: RunRecord): Advice | undefined {
  if (cause === undefined) return adviceFor(group, record);
  const { advice: requirement, explains } = cause;
  const ids = new Set(explains.map((failure) => failure.case));
  const cases = record.cases.filter(({ id }) => ids.has(id));
  const onCause = requirement === undefined ? undefined : adviceFor({ requirement, cases }, record);
  return onCause ?? adviceFor(group, record);
}

interface RankedGroup extends Pick<AdvisedGroup, "group" | "isFurther"> {
  readonly cause: Diagnosis | undefined;
}

function furtherLast(record: RunRecord): readonly RankedGroup[] {
  const causeOf = causeLookup(record);
  const shown = new Set<Diagnosis>();
  const ranked = findingGroups(record).map((group): RankedGroup => {
    const cause = group.effect === "known" ? undefined : causeOf(group);
    const isFurther = cause !== undefined && shown.has(cause);
    if (cause !== undefined) shown.add(cause);
    return { group, cause, isFurther };
  });
  const placeOf = ({ group, isFurther }: RankedGroup) => (group.effect === "known" ? 2 : isFurther ? 1 : 0);
  return ranked.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Returns a lookup of the very likely cause that explains all findings of a group. */
function causeLookup(record: RunRecord): (group: FindingGroup) => Diagnosis | undefined {
  const keyOf = (id: string, requirement: string, check: string) => JSON.stringify([id, requirement, check]);
  const causes = diagnosesIn(record)
    .filter(({ confidence }) => confidence === "very likely")
    .map((cause) => ({
      cause,
      explained: new Set(cause.explains.map((one) => keyOf(one.case, one.requirement, one.check))),
    }));
  return ({ findings, requirement, checkId }) =>
    causes.find(({ explained }) =>
      findings.every(({ run }) => explained.has(keyOf(run.id, requirement, checkId))),
    )?.cause;
}
