import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import { caseOf, type Case, type Scenario } from "../../harness/scenario/scenario.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import type { DeclaredMutant, ServerResult } from "../../cli/mutants/judge-mutant.ts";

/** Claim of a mutant that breaks A, and B with it. */
export const claim: DeclaredMutant = {
  name: "breaks-a",
  description: "Does A wrongly.",
  breaks: ["A"],
  alsoBreaks: ["B"],
};

/** Verdicts of each kind. */
export const passes = pass([1]);
export const fails = fail("one leave", "two leaves", [3, 4]);
export const failsWithoutEvidence = fail("one leave", "two leaves");
export const open = inconclusive("the harness was late");
export const unasked = notApplicable("no browser");

/** Returns a case's record with a verdict for each requirement, by a check `looks(alice)`. */
export function recordOf(id: string, verdicts: Readonly<Record<string, Verdict>>): CaseRecord {
  return {
    id,
    scenario: id,
    title: id,
    axes: {},
    durationMs: 5,
    lagMaxMs: 1,
    detections: [],
    verdicts: Object.entries(verdicts).map(([requirement, verdict]): CheckRecord => ({
      ...verdict,
      requirement,
      check: "looks(alice)",
      attempts: 1,
      failedAttempts: verdict.kind === "fail" ? 1 : 0,
    })),
  };
}

export const seenOf = (cases: readonly CaseRecord[], trouble?: string): ServerResult => ({
  cases,
  durationMs: 7,
  lagMaxMs: 1,
  trouble,
});

/** Returns a case with a check `looks(alice)` for each requirement. */
export function asking(id: string, ...requirements: readonly string[]): Case {
  const scenario: Scenario = {
    id,
    title: id,
    run: () => Promise.resolve(),
    checks: Object.fromEntries(
      requirements.map((requirement) => [requirement, [{ name: "looks(alice)", judge: () => passes }]]),
    ),
  };
  return caseOf(scenario);
}
