import type { Reached } from "../ask/reach.ts";

/** One thing that the doctor found, in plain words. */
export interface Finding {
  readonly subject: string;
  /** `problem`: leaves will be missed, or somebody gets in who should not. `note`: worth knowing. */
  readonly level: "good" | "note" | "problem";
  readonly says: string;
  /** What to change, at the target or in the profile. */
  readonly mend?: string;
}

export const good = (subject: string, says: string): Finding => ({ subject, level: "good", says });

export const note = (subject: string, says: string, mend?: string): Finding => ({
  subject,
  level: "note",
  says,
  ...(mend === undefined ? {} : { mend }),
});

export const problem = (subject: string, says: string, mend: string): Finding => ({
  subject,
  level: "problem",
  says,
  mend,
});

/** The mend in the words of whoever the target looks like; in both where nobody can tell. */
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
