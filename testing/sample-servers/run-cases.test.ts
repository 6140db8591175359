import { expect, test } from "vitest";
import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import type { Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import { caseOf, defineScenario } from "../../harness/scenario/scenario.ts";
import { arrives, ends, lags, profile, waitedOut, written } from "../harness/written.ts";
import { inconclusive, pass } from "../../harness/judge/verdict.ts";
import { wasHeldUp } from "./run-cases.ts";

/** Returns an attempt in which alice's leave is missing for two seconds, and the harness was delayed by `lagMs`. */
const missingWith = (lagMs: number): Attempt => ({
  ...{ alone: false, trouble: null, durationMs: 1, lagMaxMs: lagMs },
  events: written(
    ...arrives("carol", 0),
    ...arrives("alice", 0),
    ...ends("alice", 10),
    lags(2_900, lagMs),
    waitedOut(3_010),
  ),
});

const finished = (kind: "open" | "passed", ...attempts: Attempt[]) => {
  const verdict = kind === "open" ? inconclusive("it is not certain") : pass([0]);
  const one = caseOf(
    defineScenario({
      ...{ id: "a/b", title: "A test", run: () => Promise.resolve() },
      checks: { "LEAVE-ON-CLOSE": [{ name: "check", judge: () => verdict }] },
    }),
  );
  return { record: judgeCase(one, attempts, profile), attempts };
};

test("a delay of 300 ms does not explain a leave that is missing for two seconds", () => {
  expect(wasHeldUp(finished("open", missingWith(300)), profile)).toBe(false);
  expect(wasHeldUp(finished("open", missingWith(2_800)), profile)).toBe(true);
});

test("the delay has to explain each attempt, and no verdict but an inconclusive one", () => {
  expect(wasHeldUp(finished("open", missingWith(2_800), missingWith(300)), profile)).toBe(false);
  expect(wasHeldUp(finished("passed", missingWith(2_800)), profile)).toBe(false);
  expect(wasHeldUp(finished("open", missingWith(0)), profile)).toBe(false);
});
