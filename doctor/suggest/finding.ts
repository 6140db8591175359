import type { LookFacts } from "../ask/look.ts";
import type { Reached } from "../ask/reach.ts";

/** Finding of the doctor, in plain words. */
export interface DoctorFinding {
  readonly subject: string;
  /** `problem`: the target misses leaves, or admits clients that it should not. `note`: worth knowing. */
  readonly level: "good" | "note" | "problem";
  readonly says: string;
  /** Change to make, at the target or in the profile. */
  readonly mend?: string;
}

/** Findings that some facts of a look decide. */
export interface FindingSource {
  readonly facts: readonly (keyof LookFacts)[];
  /** @param url the endpoint, without its query */
  readonly of: (reached: Reached, facts: LookFacts, url: string) => DoctorFinding[];
}

export const good = (subject: string, says: string): DoctorFinding => ({ subject, level: "good", says });

export const note = (subject: string, says: string, mend?: string): DoctorFinding => ({
  subject,
  level: "note",
  says,
  ...(mend === undefined ? {} : { mend }),
});

export const problem = (subject: string, says: string, mend: string): DoctorFinding => ({
  subject,
  level: "problem",
  says,
  mend,
});

/** Returns the fix in the words of the target's framework; for both frameworks if it is unknown. */
export function mendFor(reached: Reached, plain: string, onSpring: string): string {
  const looksLike = reached.kind === "sockjs" ? reached.looksLike : "unknown";
  switch (looksLike) {
    case "spring":
      return onSpring;
    case "sockjs-node":
      return plain;
    case "unknown":
      return `${plain}; if it is Spring: ${onSpring}`;
  }
}
