import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { seededRandom } from "../../../harness/util/random.ts";
import {
  around,
  failed,
  must,
  noEntries,
  one,
  passed,
  recordWith,
} from "../../../testing/records/baseline.ts";
import type { Baseline } from "../file.ts";
import { judgeBaseline } from "../judge.ts";
import { updatedBaseline } from "../update.ts";
import { wantedAttempts } from "./wanted-attempts.ts";

/** Cases of a suite in which a race is possible everywhere. */
const ids = Array.from({ length: 24 }, (_, place) =>
  ["a", "b", "c", "d"].map((name) => `leave/${name}[transport=t${place},phase=identifying]`),
).flat();
const context = {
  ...around,
  catalogue: ids.map((id) => ({ id, needs: [], checks: { [must]: [] } })),
};

/** A server that loses each race with this probability, and fails these cases always. */
function server(seed: number, rate: number, broken: ReadonlySet<string> = new Set()) {
  const random = seededRandom(seed);
  return (baseline: Baseline): CaseRecord[] => {
    const wanted = wantedAttempts(baseline, context.catalogue as never);
    return ids.map((id) => {
      const isLost = () => broken.has(id) || random() < rate;
      const first = isLost();
      const attempts =
        wanted({ id, checks: { [must]: [] } }, [{ requirement: must, kind: first ? "fail" : "pass" }]) ?? 1;
      const lost = Number(first) + Array.from({ length: attempts - 1 }, isLost).filter(Boolean).length;
      return one(id, lost > 0 ? failed : passed, must, attempts, lost);
    });
  };
}

const afterUpdates = (play: (baseline: Baseline) => CaseRecord[], count: number): Baseline =>
  Array.from({ length: count }).reduce<Baseline>(
    (baseline) => updatedBaseline(recordWith(play(baseline)), baseline, context),
    noEntries,
  );

const isGreen = (cases: readonly CaseRecord[], baseline: Baseline): boolean => {
  const { worse, obsolete } = judgeBaseline(recordWith(cases), baseline, context);
  return worse.length + obsolete.length === 0;
};

describe("a race anywhere among 96 cases", () => {
  test.each([0.05, 0.1, 0.2, 0.3])(
    "that %d of the attempts lose leaves an unchanged server green",
    (rate) => {
      let green = 0;
      for (let seed = 1; seed <= 10; seed += 1) {
        const play = server(seed, rate);
        const baseline = afterUpdates(play, 5);
        green += Array.from({ length: 10 }).filter(() => isGreen(play(baseline), baseline)).length;
      }
      expect(green).toBeGreaterThanOrEqual(97);
    },
  );

  test("stays in the baseline where somebody drops what passed", () => {
    const play = server(5, 0.1);
    const baseline = afterUpdates(play, 5);
    const dropped = updatedBaseline(recordWith(play(baseline)), baseline, { ...context, dropsPassed: true });
    expect(dropped.entries.length).toBeGreaterThanOrEqual(baseline.entries.length);
    expect(isGreen(play(dropped), dropped)).toBe(true);
  });

  test("hides neither a case that now always fails nor a rate that is three times as high", () => {
    const baseline = afterUpdates(server(2, 0.1), 5);
    const named = new Set(baseline.entries.map(({ cases }) => cases));
    const broken = ids.find((id) => !named.has(id)) ?? "";
    const { worse } = judgeBaseline(
      recordWith(server(3, 0.1, new Set([broken]))(baseline)),
      baseline,
      context,
    );
    expect(worse).toEqual([
      {
        case: broken,
        requirement: must,
        why: "it failed in 10 of 10 attempts, more often than a known race of other cases",
      },
    ]);
    const often = judgeBaseline(recordWith(server(4, 0.3)(baseline)), baseline, context).worse;
    expect(often[0]?.why).toMatch(/^it is one of \d+ new cases of a known race, more than chance explains$/);
  });
});

test("cases that race for themselves keep entries of their own", () => {
  const [first = "", second = ""] = ids;
  const run = (...lost: readonly string[]) =>
    ids.map((id) => one(id, lost.includes(id) ? failed : passed, must, 1));
  const runs = [run(first), run(second), run(first, second), run(first), run(second)];
  const { entries } = runs.reduce<Baseline>(
    (baseline, cases) => updatedBaseline(recordWith(cases), baseline, context),
    noEntries,
  );
  expect(entries.map(({ cases, attempts, occurrences }) => [cases, attempts, occurrences])).toEqual([
    [first, 5, 3],
    [second, 5, 3],
  ]);
});
