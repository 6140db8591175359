/**
 * What a check says of one case. A failure carries what was expected, what was seen, and the indices of the
 * history's events that show it. Everything but a pass says why.
 */
export type Verdict =
  | { readonly kind: "pass"; readonly evidence: readonly number[] }
  | {
      readonly kind: "fail";
      readonly expected: string;
      readonly actual: string;
      readonly evidence: readonly number[];
    }
  | { readonly kind: "inconclusive"; readonly reason: string }
  | { readonly kind: "not-applicable"; readonly reason: string };

export type VerdictKind = Verdict["kind"];

/** Worst first: one failed check makes the case a failure whatever the others say. */
const worstFirst: readonly VerdictKind[] = ["fail", "inconclusive", "pass"];

/** The worst of several kinds; `not-applicable` when there is no other. */
export function worst(kinds: readonly VerdictKind[]): VerdictKind {
  return worstFirst.find((kind) => kinds.includes(kind)) ?? "not-applicable";
}

/** A pass that rests on `evidence`. Without any evidence nothing was examined, and nothing is proven. */
export function pass(evidence: readonly number[]): Verdict {
  return evidence.length === 0 ? inconclusive("the check examined no event") : { kind: "pass", evidence };
}

export function fail(expected: string, actual: string, evidence: readonly number[] = []): Verdict {
  return { kind: "fail", expected, actual, evidence };
}

export function inconclusive(reason: string): Verdict {
  return { kind: "inconclusive", reason };
}

export function notApplicable(reason: string): Verdict {
  return { kind: "not-applicable", reason };
}
