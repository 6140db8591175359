import type { Requirement } from "../../harness/judge/requirement.ts";

/** What belongs together in the catalogue. */
export interface Subject {
  /** As the page for readers has it above its requirements. */
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
