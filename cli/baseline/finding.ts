/** Requirement that a case failed or left open. */
export interface Finding {
  readonly id: string;
  readonly scenario: string;
  readonly requirement: string;
  readonly kind: "fail" | "inconclusive";
}
