/** Levels of duty, in the sense of RFC 2119. */
export const levels = ["MUST", "SHOULD", "MAY"] as const;

export type Level = (typeof levels)[number];

/**
 * Sources of a duty: `spec` a published protocol rule, `flow` the flow under test, `declared` the target's own profile (a
 * deadline, a policy). A declared duty is never reported as a protocol violation.
 */
export const bases = ["spec", "flow", "declared"] as const;

export type Basis = (typeof bases)[number];

/** One normative sentence. Its id never encodes an order and is never reused. */
export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly basis: Basis;
  readonly text: string;
  /** Document and section, or the CVE or issue that shows the bug in the wild. */
  readonly citation: string;
  /** Reason why no scenario judges it yet. Absent where a scenario does. */
  readonly later?: string;
}
