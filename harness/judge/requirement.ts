/** How binding a requirement is, in the sense of RFC 2119. */
export type Level = "MUST" | "SHOULD" | "MAY";

/**
 * Where the duty comes from: `spec` a published protocol rule, `flow` the flow under test, `declared` the target's
 * own profile (a deadline, a policy). A declared duty is never reported as a protocol violation.
 */
export type Basis = "spec" | "flow" | "declared";

/** One normative sentence. Its id never encodes an order and is never reused. */
export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly basis: Basis;
  readonly text: string;
  /** Document and section, or the CVE or issue that shows the bug in the wild. */
  readonly citation: string;
  /** Why no scenario judges it yet: what stands in the way. Absent where one does. */
  readonly later?: string;
}
