import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, type Advice } from "../advice/advice-for.ts";
import { diagnosesIn, type Diagnosis } from "../diagnosis/diagnose.ts";
import { perRecord } from "../read/per-record.ts";
import type { FindingGroup } from "./finding-groups.ts";

/** Probable cause of a run's failures, with the advice on it. */
export interface AdvisedCause {
  readonly diagnosis: Diagnosis;
  /** Failed cases that it explains. */
  readonly cases: readonly CaseRecord[];
  readonly advice: Advice | undefined;
  /** Returns true if it explains the finding of this case in this group. */
  readonly explains: (group: FindingGroup, run: CaseRecord) => boolean;
}

/** Returns the probable causes of a run's failures. Groups and diagnoses are made from them. */
export const advisedCauses = perRecord((record: RunRecord): readonly AdvisedCause[] =>
  diagnosesIn(record).map((diagnosis) => {
    const ids = new Set(diagnosis.explains.map((failure) => failure.case));
    const explained = new Set(
      diagnosis.explains.map((failure) => keyOf(failure.case, failure.requirement, failure.check)),
    );
    const cases = record.cases.filter(({ id }) => ids.has(id));
    const { advice: requirement } = diagnosis;
    return {
      ...{ diagnosis, cases },
      advice: requirement === undefined ? undefined : adviceFor({ requirement, cases }, record),
      explains: ({ requirement: judged, checkId }, { id }) => explained.has(keyOf(id, judged, checkId)),
    };
  }),
);

const keyOf = (id: string, requirement: string, check: string): string =>
  JSON.stringify([id, requirement, check]);
