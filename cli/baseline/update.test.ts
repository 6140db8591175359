import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { inconclusive } from "../../harness/judge/verdict.ts";
import {
  around,
  catalogue,
  entry,
  failed,
  must,
  noEntries,
  one,
  passed,
  recordWith,
} from "../../testing/records/baseline.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import { judgeBaseline } from "./judge.ts";
import { updatedBaseline } from "./update.ts";

const after = (cases: readonly CaseRecord[], entries: readonly BaselineEntry[]) =>
  updatedBaseline(recordWith(cases), { entries }, around).entries;

/** Updates a baseline by one run after the other. */
const afterAll = (runs: readonly (readonly CaseRecord[])[], from: Baseline = noEntries) =>
  runs.reduce((baseline, cases) => updatedBaseline(recordWith(cases), baseline, around), from);

const judged = (cases: readonly CaseRecord[], baseline: Baseline) =>
  judgeBaseline(recordWith(cases), baseline, around);

describe("one update", () => {
  test("keeps entries as somebody wrote them, drops those that match nothing, adds what is new", () => {
    const old = entry("leave/b");
    const entries = after(
      [one("leave/b", failed), one("leave/a[x=1]", failed), one("leave/a[x=2]", passed)],
      [old, entry("leave/gone")],
    );
    expect(entries).toEqual([
      old,
      {
        requirement: must,
        cases: "leave/a[x=1]",
        reason: "it failed on 2026-11-22; say why that is accepted",
        owner: "nobody yet",
        expires: "2027-02-20",
        attempts: 1,
        occurrences: 1,
        runs: 1,
      },
    ]);
  });

  test("gives a scenario one entry in which every case fails", () => {
    const cases = [one("leave/a[x=1]", failed), one("leave/a[x=2]", failed)];
    expect(after(cases, []).map((added) => added.cases)).toEqual(["leave/a[*]"]);
  });

  test("accepts no case that was not asked", () => {
    const third = { id: "leave/a[x=3]", needs: [], checks: { [must]: [] } };
    const wide = { ...around, catalogue: [...catalogue, third] };
    const cases = [one("leave/a[x=1]", failed), one("leave/a[x=2]", failed)];
    const { entries } = updatedBaseline(recordWith(cases), noEntries, wide);
    expect(entries.map((added) => added.cases)).toEqual(["leave/a[x=1]", "leave/a[x=2]"]);
  });

  test("leaves it to a person to accept longer what has expired", () => {
    const expired = entry("leave/b", { expires: "2026-01-01" });
    expect(after([one("leave/b", failed)], [expired])).toEqual([expired]);
  });

  test("accepts an inconclusive case, but not beside a failure that explains it", () => {
    const open = one("leave/b", inconclusive("late"));
    expect(after([open], [])).toMatchObject([{ cases: "leave/b", accepts: "inconclusive" }]);
    const both = {
      ...open,
      verdicts: [...one("leave/b", failed, "ONCE-PER-SESSION").verdicts, ...open.verdicts],
    };
    expect(after([both], []).map(({ requirement }) => requirement)).toEqual(["ONCE-PER-SESSION"]);
  });

  test("records the catalogue's requirements, and each case's attempts and duration", () => {
    const { updates, requirements, cases } = updatedBaseline(
      recordWith([one("leave/b", failed, must, 3)]),
      {
        ...noEntries,
        cases: { "leave/b": { attempts: 4, durationMs: 7 }, "leave/gone": { attempts: 1, durationMs: 1 } },
      },
      around,
    );
    expect(updates).toBe(1);
    expect(requirements).toEqual(around.requirements);
    expect(cases).toEqual({ "leave/b": { attempts: 7, durationMs: 3 * 1240 } });
  });

  test("accepts what a newer requirement found", () => {
    const { entries } = updatedBaseline(
      recordWith([one("leave/b", failed)]),
      { ...noEntries, requirements: ["ONCE-PER-SESSION"] },
      around,
    );
    expect(entries).toMatchObject([{ requirement: must, cases: "leave/b" }]);
  });

  test("with it, the same run is green", () => {
    const cases = [
      one("leave/b", inconclusive("late")),
      one("leave/a[x=1]", failed),
      one("leave/a[x=2]", passed),
    ];
    const { worse, obsolete } = judged(cases, { entries: after(cases, []) });
    expect([...worse, ...obsolete]).toEqual([]);
  });
});

describe("several updates", () => {
  const lost = [one("leave/b", failed), one("leave/a[x=1]", passed)];
  const won = [one("leave/b", passed), one("leave/a[x=1]", passed)];

  test("give a race its rate: the upper bound of what they saw", () => {
    const { entries, updates } = afterAll([lost, won, won, won, won, won, won, won, won, won]);
    expect(updates).toBe(10);
    // Tables of the Clopper-Pearson interval: 1 of 10 is below 39.42 % with 95 % confidence.
    expect(entries).toMatchObject([{ cases: "leave/b", maxRate: 0.395, attempts: 10, occurrences: 1 }]);
  });

  test("count the passes of a universal check, which a record mentions only when it fails", () => {
    const twice = entry("leave/b", { requirement: "LEAVE-NOT-TWICE", attempts: 1, occurrences: 1 });
    const { entries } = afterAll([won, won], { entries: [twice] });
    expect(entries).toMatchObject([{ requirement: "LEAVE-NOT-TWICE", attempts: 3, occurrences: 1 }]);
  });

  test("count the passes before the first failure, too", () => {
    const { entries } = afterAll([won, won, lost]);
    expect(entries).toMatchObject([{ cases: "leave/b", attempts: 3, occurrences: 1 }]);
  });

  test("keep an entry that passes, until they are told to drop it, and that of a race also then", () => {
    const dropping = { ...around, dropsPassed: true };
    const always = { entries: after(lost, []) };
    expect(updatedBaseline(recordWith(won), always, dropping).entries).toEqual([]);
    expect(updatedBaseline(recordWith(lost), always, dropping).entries).toHaveLength(1);
    const race = afterAll([lost, won]);
    expect(updatedBaseline(recordWith(won), race, dropping).entries).toHaveLength(1);
  });

  test("start anew where the rate is clearly higher than before", () => {
    const rare = afterAll([lost, ...Array.from({ length: 30 }, () => won)]);
    const often = [one("leave/b", failed, must, 10, 8), one("leave/a[x=1]", passed)];
    expect(judged(often, rare).worse).toHaveLength(1);
    const { entries } = afterAll([often], rare);
    expect(entries).toMatchObject([{ attempts: 10, occurrences: 8 }]);
    expect(judged(often, { entries }).worse).toEqual([]);
  });

  test("leave the rate that a person wrote, and count for an entry without one only if all passes", () => {
    const own = entry("leave/b", { maxRate: 0.2 });
    expect(afterAll([lost, won], { entries: [own] }).entries).toEqual([own]);
    const always = entry("leave/b");
    expect(afterAll([lost], { entries: [always] }).entries).toEqual([always]);
    expect(afterAll([won], { entries: [always] }).entries).toMatchObject([{ attempts: 2, occurrences: 1 }]);
  });
});
