import type { RunRecord } from "../../harness/judge/record.ts";
import { eachClassOnce, type Advice } from "../advice/advice-for.ts";
import type { Diagnosis } from "../diagnosis/diagnose.ts";
import { isEverydayLeave } from "../everyday/answers.ts";
import { kindOfCheck } from "../../harness/judge/check-kinds.ts";
import { perRecord } from "../read/per-record.ts";
import { kindOf } from "../read/record-queries.ts";
import { countOf } from "../words/text.ts";
import { advisedCauses, type AdvisedCause } from "./advised-causes.ts";
import { advisedGroups, withPlace } from "./advised-groups.ts";

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
  const ordered = advisedCauses(record).toSorted((a, b) => everydayFailures(b) - everydayFailures(a));
  const diagnoses = ordered.map(({ diagnosis, cases, advice, explains }): AdvisedDiagnosis => {
    const { sentence, confidence, apart } = diagnosis;
    const findings = groups.flatMap(({ group, number }) =>
      group.cases.some((run) => explains(group, run)) ? [number] : [],
    );
    return {
      ...{ sentence, confidence, explains: cases.map(({ id }) => id), findings },
      ...(apart === undefined ? {} : { apart }),
      ...(advice === undefined ? {} : { advice: shown.has(advice.id) ? withoutText(advice) : advice }),
    };
  });
  return eachClassOnce(diagnoses).map((one) =>
    one.advice === undefined ? one : { ...one, advice: withPlace(one.advice, groups) },
  );
}

/** Counts the failures of everyday endings that a cause explains. One that happens now and then counts less. */
const everydayFailures = ({ diagnosis, cases }: AdvisedCause): number =>
  diagnosis.explains.reduce((sum, failure) => {
    const run = cases.find(({ id }) => id === failure.case);
    const failed = run?.verdicts.find(
      ({ kind, requirement, check }) =>
        kind === "fail" && requirement === failure.requirement && kindOfCheck(check).id === failure.check,
    );
    if (run === undefined || failed === undefined || !isEverydayLeave(run, failed)) return sum;
    return sum + failed.failedAttempts / failed.attempts;
  }, 0);

/** Says how many failed cases no diagnosis explains; undefined if there is none, or no diagnosis. */
export function unexplainedWords(
  { cases }: RunRecord,
  diagnoses: readonly AdvisedDiagnosis[],
): string | undefined {
  const explained = new Set(diagnoses.flatMap(({ explains }) => explains));
  const left = cases.filter((run) => kindOf(run) === "fail" && !explained.has(run.id)).length;
  if (diagnoses.length === 0 || left === 0) return undefined;
  return `${countOf(left, "more failed case")} ${left === 1 ? "has" : "have"} no cause here.`;
}

/** Returns advice without the text of its class, for a place from which a finding with the text can be reached. */
function withoutText(advice: Advice): Advice {
  const { spring } = advice;
  if (spring?.code === undefined) return advice;
  const { name, members } = spring.code;
  return { ...advice, spring: { ...spring, code: { name, ...(members === undefined ? {} : { members }) } } };
}
