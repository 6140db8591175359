import * as z from "zod";
import type { DeepReadonly } from "../util/deep-readonly.ts";

const evidence = z.array(z.int().nonnegative()).describe("Indices of the events that show it.");

/** The fields of each kind of verdict. A failure has what was expected and what was seen. An open verdict has its reason. */
export const verdictFields = {
  pass: { evidence },
  fail: { expected: z.string(), actual: z.string(), evidence },
  inconclusive: { reason: z.string() },
  "not-applicable": { reason: z.string() },
};

type VerdictFields = typeof verdictFields;

export type VerdictKind = keyof VerdictFields;

/** The result of one check for one case. */
export type Verdict = {
  [Kind in VerdictKind]: { readonly kind: Kind } & DeepReadonly<z.output<z.ZodObject<VerdictFields[Kind]>>>;
}[VerdictKind];

/** A verdict, with its check's name and the id of the requirement that the check judges. */
export type CheckVerdict = Verdict & { readonly requirement: string; readonly check: string };

/** Worst first: one failed check makes the case a failure, whatever the other checks say. */
const worstFirst: readonly VerdictKind[] = ["fail", "inconclusive", "pass"];

/** Returns the worst of several kinds; `not-applicable` when there is no other. */
export function worst(kinds: readonly VerdictKind[]): VerdictKind {
  return worstFirst.find((kind) => kinds.includes(kind)) ?? "not-applicable";
}

/** Returns a pass with its evidence. Without evidence the check examined nothing, so the verdict is inconclusive. */
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
