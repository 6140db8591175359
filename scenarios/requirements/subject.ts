import type { Requirement } from "../../harness/judge/requirement.ts";

/** Group of requirements in the catalogue. */
export interface Subject {
  /** Heading on the requirements page. */
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
