import type { RunRecord } from "../../harness/judge/record.ts";
import type { Advice } from "../advice/advice-for.ts";

/** Defect that probably explains some of a run's findings. */
export interface Diagnosis {
  /** Defect in the user's words, as a sentence. */
  readonly sentence: string;
  readonly confidence: "very likely" | "likely";
  /** Ids of the failed cases that it explains. */
  readonly explains: readonly string[];
  readonly advice?: Advice;
}

/** Returns the probable defects, the one that explains most first. Reports show them below the first table. */
export const diagnosesOf: (record: RunRecord) => readonly Diagnosis[] = () => [];
