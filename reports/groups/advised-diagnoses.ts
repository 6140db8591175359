import type { RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, type Advice, type AdvisedClass } from "../advice/advice-for.ts";
import { diagnosesIn, type Diagnosis } from "../diagnosis/diagnose.ts";
import { isEverydayLeave } from "../everyday/answers.ts";
import { kindOfCheck } from "../../harness/judge/check-kinds.ts";
import { perRecord } from "../read/per-record.ts";
import { checksOf, kindOf } from "../read/record-queries.ts";
import { advisedGroups, withPlace, type AdvisedGroup } from "./advised-groups.ts";

/** Defect that probably explains some of a run's findings, with its advice. */
export interface AdvisedDiagnosis extends Pick<Diagnosis, "sentence" | "confidence" | "apart"> {
  /** Ids of the failed cases that it explains. */
  readonly explains: readonly string[];
  /** Numbers of the groups that have those failures. */
  readonly findings: readonly number[];
  readonly advice?: Advice;
}

/**
 * Returns the probable defects: first those behind most failures of everyday endings, then those that explain most. Reports show them below the
 * first table.
 */
export const advisedDiagnoses = perRecord(adviseDiagnoses);

function adviseDiagnoses(record: RunRecord): readonly AdvisedDiagnosis[] {
  const groups = advisedGroups(record);
  const shown = new Set(groups.flatMap(({ advice }) => advice?.id ?? []));
  const runs = new Map(record.cases.map((run) => [run.id, run]));
  // A failure that happens now and then counts less.
  const everyday = ({ explains }: Diagnosis) =>
    explains.reduce((sum, failure) => {
      const run = runs.get(failure.case);
      const failed =
        run &&
        checksOf(run, "fail").find(
          ({ requirement, check }) =>
            requirement === failure.requirement && kindOfCheck(check).id === failure.check,
        );
      if (run === undefined || failed === undefined || !isEverydayLeave(run, failed)) return sum;
      return sum + failed.failedAttempts / failed.attempts;
    }, 0);
  const ordered = diagnosesIn(record).toSorted((a, b) => everyday(b) - everyday(a));
  const classes = new Set<string>();
  return ordered.map(({ sentence, confidence, apart, explains, advice: requirement }) => {
    const ids = new Set(explains.map((failure) => failure.case));
    const cases = record.cases.filter(({ id }) => ids.has(id));
    const advice = requirement === undefined ? undefined : adviceFor({ requirement, cases }, record);
    return {
      ...{ sentence, confidence, explains: [...ids], findings: numbersOf(explains, groups) },
      ...(apart === undefined ? {} : { apart }),
      ...(advice === undefined
        ? {}
        : { advice: eachOnce(shown.has(advice.id) ? inShort(advice, groups) : advice, classes) }),
    };
  });
}

function numbersOf(explains: Diagnosis["explains"], groups: readonly AdvisedGroup[]): number[] {
  return groups.flatMap(({ group: { requirement, checkId, cases }, number }) =>
    explains.some(
      (one) =>
        one.requirement === requirement && one.check === checkId && cases.some(({ id }) => id === one.case),
    )
      ? [number]
      : [],
  );
}

/** Returns the number of failed cases that no diagnosis explains. */
export function unexplainedIn({ cases }: RunRecord, diagnoses: readonly AdvisedDiagnosis[]): number {
  const explained = new Set(diagnoses.flatMap(({ explains }) => explains));
  return cases.filter((run) => kindOf(run) === "fail" && !explained.has(run.id)).length;
}

/** Returns advice without the members of its class, if an earlier diagnosis has them. */
function eachOnce(advice: Advice, classes: Set<string>): Advice {
  const { spring } = advice;
  if (spring?.code === undefined) return advice;
  const { code } = spring;
  const isShown = classes.has(code.name);
  classes.add(code.name);
  return isShown ? { ...advice, spring: { ...spring, code: withoutMembers(code) } } : advice;
}

const withoutMembers = ({ members: _members, ...code }: AdvisedClass): AdvisedClass => code;

const withoutText = ({ text: _text, ...code }: AdvisedClass): AdvisedClass => code;

/** Returns advice without the text of its class, for a place from which a finding with the text can be reached. */
const inShort = ({ spring, ...rest }: Advice, groups: readonly AdvisedGroup[]): Advice => {
  if (spring?.code === undefined) return { ...rest, ...(spring === undefined ? {} : { spring }) };
  return { ...rest, spring: { ...spring, code: withPlace(withoutText(spring.code), groups) } };
};
