import { expect, test } from "vitest";
import type { CaseRecord } from "../../judge/record.ts";
import { caseOf, type Scenario } from "../../scenario/scenario.ts";
import { fail, pass } from "../../judge/verdict.ts";
import { selectIsolatedRetries } from "./isolated-retries.ts";

interface Changes {
  readonly durationMs?: number;
  readonly check?: string;
  readonly alone?: boolean;
  readonly passedAttempts?: number;
  readonly scenario?: Partial<Scenario>;
}

/** A case of one check that failed or passed. */
function asked(id: string, kind: "pass" | "fail", changes: Changes = {}) {
  const { durationMs = 1_000, check = "holds", alone = false, passedAttempts = 0, scenario = {} } = changes;
  const one = caseOf({ id, title: id, run: () => Promise.resolve(), checks: {}, ...scenario });
  const verdict = kind === "pass" ? pass([0]) : fail("a", "b", [0]);
  const record: CaseRecord = {
    ...{ id, scenario: id, title: id, axes: {}, durationMs, lagMaxMs: 0, detections: [] },
    verdicts: [
      {
        ...verdict,
        requirement: "R",
        check,
        attempts: 1,
        failedAttempts: kind === "fail" ? 1 : 0,
        passedAttempts,
      },
    ],
  };
  return { one, record, attempts: [{ alone, trouble: null, durationMs, lagMaxMs: 0, events: [] }] };
}

const idsOf = (...all: ReturnType<typeof asked>[]) => selectIsolatedRetries(all).map(({ id }) => id);

test("of each check that mostly passes the shortest failed case is worth it", () => {
  const passing = ["p/1", "p/2", "p/3"].map((id) => asked(id, "pass"));
  expect(idsOf(...passing, asked("f/1", "fail", { durationMs: 4_000 }), asked("f/2", "fail"))).toEqual([
    "f/2",
  ]);
});

test("of checks that fail in most cases two are enough, after the others", () => {
  const check = (n: number) => ({ check: `check-${n}`, durationMs: n });
  const usual = [1, 2, 3].map((n) => asked(`f/${n}`, "fail", check(n)));
  const rare = [
    asked("p/1", "pass", check(9)),
    asked("p/2", "pass", check(9)),
    asked("f/9", "fail", check(9)),
  ];
  expect(idsOf(...usual, ...rare)).toEqual(["f/9", "f/1", "f/2"]);
});

test("what takes long is not worth it, nor what was alone already, or plays a history of its own", () => {
  expect(idsOf(asked("f/1", "fail", { durationMs: 10_001 }))).toEqual([]);
  expect(idsOf(asked("f/1", "fail", { alone: true }))).toEqual([]);
  expect(idsOf(asked("f/1", "fail", { passedAttempts: 9 }))).toEqual([]);
  expect(idsOf(asked("f/1", "fail", { scenario: { isProperty: true } }))).toEqual([]);
  expect(idsOf(asked("f/1", "fail", { scenario: { waitsLong: true } }))).toEqual([]);
});

test("five at most are tried", () => {
  const all = Array.from({ length: 9 }, (_, n) => {
    const own = { check: `check-${n}`, durationMs: 9 - n };
    return [asked(`f/${n}`, "fail", own), asked("p/1", "pass", own), asked("p/2", "pass", own)];
  });
  expect(idsOf(...all.flat())).toEqual(["f/8", "f/7", "f/6", "f/5", "f/4"]);
});
