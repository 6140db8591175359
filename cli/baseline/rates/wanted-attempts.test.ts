import { expect, test } from "vitest";
import { entry, must } from "../../../testing/records/baseline.ts";
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import type { Case } from "../../../harness/scenario/scenario.ts";
import { isClearlyHigher, falseAlarm } from "./rate.ts";
import { wantedAttempts } from "./wanted-attempts.ts";

const caseNamed = (id: string) => ({ id, needs: [], checks: { [must]: [] } }) as unknown as Case;
const cases = ["leave/a[x=1]", "leave/a[x=2]", "leave/b"].map(caseNamed);
const of = (kind: VerdictKind) => [{ requirement: must, kind }];
const [first, , other] = cases as [Case, Case, Case];

test("a failing case with a rate is tried so often that failures only would be no chance", () => {
  for (const maxRate of [0.01, 0.15, 0.3]) {
    const wanted =
      wantedAttempts({ entries: [entry("leave/a[*]", { maxRate })] }, cases)(first, of("fail")) ?? 0;
    // The run compares the two cases and the entry, and the function counts one more.
    const level = falseAlarm / 4;
    const always = { attempts: wanted, occurrences: wanted };
    expect(isClearlyHigher(always, maxRate, level)).toBe(true);
    if (wanted > 2)
      expect(isClearlyHigher({ attempts: wanted - 1, occurrences: wanted - 1 }, maxRate, level)).toBe(false);
  }
});

test("ten times at most, once where it passes, and no other case", () => {
  const wanted = wantedAttempts({ entries: [entry("leave/a[*]", { maxRate: 0.9 })] }, cases);
  expect(wanted(first, of("fail"))).toBe(10);
  expect(wanted(first, of("pass"))).toBeUndefined();
  expect(wanted(other, [{ requirement: "ANOTHER", kind: "fail" }])).toBeUndefined();
});

test("ten times where the requirement that it failed races in other cases", () => {
  const baseline = { entries: [entry("leave/a[*]", { maxRate: 0.1, attempts: 50, occurrences: 2 })] };
  expect(wantedAttempts(baseline, cases)(other, of("fail"))).toBe(10);
  expect(wantedAttempts(baseline, cases)(other, of("pass"))).toBeUndefined();
  expect(wantedAttempts(baseline, cases)(other, [{ requirement: "ANOTHER", kind: "fail" }])).toBeUndefined();
  expect(wantedAttempts({ entries: [entry("leave/a[*]")] }, cases)(other, of("fail"))).toBeUndefined();
});

test("a case that is inconclusive now and then is tried when it is inconclusive", () => {
  const open = entry("leave/b", { maxRate: 0.2, accepts: "inconclusive" });
  const wanted = wantedAttempts({ entries: [open] }, cases);
  expect(wanted(other, of("inconclusive"))).toBeGreaterThan(2);
  expect(wanted(other, of("fail"))).toBeUndefined();
});

test("a case that always failed is tried, if it passes, until a race can't explain that", () => {
  const always = entry("leave/b", { attempts: 5, occurrences: 5 });
  expect(wantedAttempts({ entries: [always], updates: 5 }, cases)(other, of("pass"))).toBe(2);
  expect(wantedAttempts({ entries: [always], updates: 5 }, cases)(other, of("fail"))).toBeUndefined();
  expect(wantedAttempts({ entries: [always], updates: 1 }, cases)(other, of("pass"))).toBeUndefined();
});
