import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { inconclusive, notApplicable } from "../../harness/judge/verdict.ts";
import {
  around,
  entry,
  failed,
  must,
  one,
  passed,
  recordWith as record,
  should,
} from "../../testing/records/baseline.ts";
import { caseOf, checkOf } from "../../testing/records/build.ts";
import type { Baseline, BaselineEntry } from "./file.ts";
import { withBaseline } from "./gate.ts";
import { judgeBaseline } from "./judge.ts";

const judged = (
  cases: readonly CaseRecord[],
  entries: readonly BaselineEntry[],
  browser: string | null = "Chromium",
) => judgeBaseline(record(cases, browser), { entries }, around);

test("a failure that an entry accepts is known; one beside it is worse", () => {
  const { known, worse, obsolete } = judged(
    [one("leave/a[x=1]", failed), one("leave/b", failed)],
    [entry("leave/a[*]")],
  );
  expect(known).toEqual([
    {
      case: "leave/a[x=1]",
      requirement: must,
      reason: "the broker is old",
      owner: "ada",
      expires: "2027-01-01",
    },
  ]);
  expect(worse).toEqual([{ case: "leave/b", requirement: must, why: "no entry of the baseline accepts it" }]);
  expect(obsolete).toEqual([]);
});

test("another requirement's failure in the same case is not accepted with it", () => {
  const { worse } = judged([one("leave/b", failed)], [entry("leave/b", { requirement: "ONCE-PER-SESSION" })]);
  expect(worse).toHaveLength(1);
});

test("a race that an entry knows is known in random histories, too; an entry without a rate is about its cases only", () => {
  const random = one("properties/any-history", failed);
  const race = entry("leave/a", { maxRate: 0.3, attempts: 20, occurrences: 2 });
  expect(judged([random], [race]).worse).toEqual([]);
  expect(judged([random], [entry("leave/a")]).worse).toHaveLength(1);
  expect(judged([one("leave/b", failed)], [race]).worse).toHaveLength(1);
});

describe("a known race in a case that no entry names", () => {
  const race = entry("leave/a[x=1]", { maxRate: 0.3, attempts: 40, occurrences: 8, runs: 5 });
  const now = (id: string, lost: number) => one(id, failed, must, 10, lost);

  test("is accepted with a warning, and makes no run red", () => {
    const cases = [now("leave/a[x=2]", 2)];
    const result = judged(cases, [race]);
    expect(result).toMatchObject({ worse: [], known: [{ case: "leave/a[x=2]", owner: "ada" }] });
    expect(result.warnings?.[0]).toMatch(/failed now and then also in leave\/a\[x=2\]/);
    expect(
      withBaseline({ ...record(cases), outcome: "nonconformant", exitCode: 1 }, result).exitCode,
    ).not.toBe(1);
  });

  test("is worse where it fails nearly always, or the entry has expired, or a person wrote the rate", () => {
    expect(judged([now("leave/a[x=2]", 9)], [race]).worse).toHaveLength(1);
    const expired = { ...race, expires: "2020-01-01" };
    expect(judged([now("leave/a[x=2]", 2)], [expired]).worse).toHaveLength(1);
    expect(judged([now("leave/a[x=2]", 2)], [entry("leave/a[x=1]", { maxRate: 0.3 })]).worse).toHaveLength(1);
  });

  test("is accepted once where only other scenarios race", () => {
    expect(judged([now("leave/b", 2)], [race]).worse).toEqual([]);
    expect(judged([now("leave/b", 2), now("leave/c", 2)], [race]).worse).toHaveLength(2);
  });

  test("may also be a case whose own entry knows a lower rate", () => {
    const own = entry("leave/a[x=2]", { maxRate: 0.1, attempts: 50, occurrences: 2, runs: 2 });
    const often = entry("leave/a[x=1]", { maxRate: 0.75, attempts: 50, occurrences: 32, runs: 5 });
    expect(judged([now("leave/a[x=2]", 7)], [own]).worse).toHaveLength(1);
    expect(judged([now("leave/a[x=2]", 7)], [own, often]).worse).toEqual([]);
    expect(judged([now("leave/a[x=2]", 10)], [own, often]).worse).toHaveLength(1);
  });
});

test("a failure that binds nobody is not worse", () => {
  expect(judged([one("leave/b", failed, should)], []).worse).toEqual([]);
});

describe("an entry is obsolete", () => {
  const kinds = (cases: readonly CaseRecord[], given: BaselineEntry, browser: string | null = "Chromium") =>
    judged(cases, [given], browser).obsolete.map(({ kind }) => kind);

  test("that passes everywhere", () => {
    const cases = [one("leave/a[x=1]", passed), one("leave/a[x=2]", passed)];
    expect(kinds(cases, entry("leave/a[*]"))).toEqual(["passes"]);
  });

  test("not as long as some of it fails, is open, or was not asked", () => {
    const first = one("leave/a[x=1]", passed);
    expect(kinds([first, one("leave/a[x=2]", failed)], entry("leave/a[*]"))).toEqual([]);
    expect(kinds([first, one("leave/a[x=2]", inconclusive("late"))], entry("leave/a[*]"))).toEqual([]);
    expect(kinds([first], entry("leave/a[*]"))).toEqual([]);
  });

  test("not where a browser was missing that could have shown it", () => {
    const cases = [
      one("leave/b", passed),
      one("leave/a[x=1]", passed),
      one("leave/a[x=2]", passed),
      one("browser/c", notApplicable("no browser")),
    ];
    expect(kinds(cases, entry("*"), null)).toEqual([]);
    expect(kinds(cases, entry("*"))).toEqual(["passes"]);
  });

  test("whose date is over; what it accepted is worse then", () => {
    const { obsolete, worse, known } = judged(
      [one("leave/b", failed)],
      [entry("leave/b", { expires: "2026-11-22" })],
    );
    expect(obsolete).toMatchObject([{ kind: "expired", cases: "leave/b" }]);
    expect(worse).toMatchObject([{ case: "leave/b", why: "its entry expired on 2026-11-22" }]);
    expect(known).toEqual([]);
  });

  test("whose cases there are not, or do not ask that", () => {
    expect(kinds([one("leave/b", passed)], entry("leave/gone"))).toEqual(["unmatched"]);
    expect(kinds([one("leave/b", passed)], entry("leave/b", { requirement: "ONCE-PER-SESSION" }))).toEqual([
      "stale",
    ]);
  });
});

describe("an entry with a rate", () => {
  const flake = entry("leave/a[*]", { maxRate: 0.4 });

  test("may pass, and may fail as often as chance allows at that rate", () => {
    for (const verdict of [
      one("leave/a[x=1]", passed, must, 1),
      one("leave/a[x=1]", failed, must, 1, 1),
      one("leave/a[x=1]", failed, must, 3, 2),
      one("leave/a[x=1]", failed, must, 10, 6),
    ]) {
      const { worse, obsolete } = judged([verdict, one("leave/a[x=2]", passed)], [flake]);
      expect([...worse, ...obsolete]).toEqual([]);
    }
  });

  test("refuses the one case that fails clearly more often", () => {
    const cases = [one("leave/a[x=1]", failed, must, 10, 10), one("leave/a[x=2]", failed, must, 30, 1)];
    const { worse, known } = judged(cases, [flake]);
    expect(worse).toEqual([
      {
        case: "leave/a[x=1]",
        requirement: must,
        why: "it failed in 10 of 10 attempts, clearly more often than the 40 % that its entry accepts",
      },
    ]);
    expect(known.map((each) => each.case)).toEqual(["leave/a[x=2]"]);
  });

  test("refuses all its cases if together they fail clearly more often", () => {
    const cases = ["leave/a[x=1]", "leave/a[x=2]"].map((id) => one(id, failed, must, 10, 8));
    const { worse } = judged(cases, [entry("leave/a[*]", { maxRate: 0.4 })]);
    expect(worse.map((each) => each.case)).toEqual(["leave/a[x=1]", "leave/a[x=2]"]);
    expect(worse[0]?.why).toContain("in 16 of 20 attempts");
  });

  test("does not count a case that another entry names", () => {
    const cases = [one("leave/a[x=1]", failed, must, 10, 9), one("leave/a[x=2]", passed, must, 10, 0)];
    const wide = entry("leave/a[*]", { maxRate: 0.1 });
    expect(judged(cases, [wide]).worse).toHaveLength(1);
    expect(judged(cases, [wide, entry("leave/a[x=1]", { maxRate: 0.9 })]).worse).toEqual([]);
  });
});

describe("an entry that accepts an inconclusive case", () => {
  const open = entry("leave/b", { accepts: "inconclusive" });

  test("accepts no failure, and an entry for a failure accepts nothing inconclusive", () => {
    expect(judged([one("leave/b", inconclusive("late"))], [open]).known).toMatchObject([
      { case: "leave/b", accepts: "inconclusive", reason: "the broker is old" },
    ]);
    expect(judged([one("leave/b", failed)], [open]).worse).toHaveLength(1);
    expect(judged([one("leave/b", inconclusive("late"))], [entry("leave/b")]).known).toEqual([]);
  });

  test("is obsolete once the case passes", () => {
    expect(judged([one("leave/b", passed)], [open]).obsolete).toMatchObject([{ kind: "passes" }]);
  });
});

describe("passes after failures in several updates", () => {
  const counted = entry("leave/b", { attempts: 5, occurrences: 5 });
  const after = (attempts: number, updates: number) =>
    judgeBaseline(record([one("leave/b", passed, must, attempts)]), { entries: [counted], updates }, around);

  test("are a warning as long as a race explains them", () => {
    const { obsolete, warnings } = after(1, 5);
    expect(obsolete).toEqual([]);
    expect(warnings?.[0]).toContain("passed in 1 attempt, after 5 failures");
  });

  test("make the entry obsolete if no race explains them, or if there was one update only", () => {
    expect(after(5, 5).obsolete).toMatchObject([{ kind: "passes" }]);
    expect(after(1, 1).obsolete).toMatchObject([{ kind: "passes" }]);
  });
});

test("a requirement that is newer than the baseline warns, and turns nothing red", () => {
  const run = record([one("leave/b", failed), one("leave/a[x=1]", failed, "ONCE-PER-SESSION")]);
  const against = (requirements: readonly string[]) =>
    judgeBaseline(run, { entries: [], requirements }, around);
  expect(against([must]).worse).toMatchObject([{ requirement: must }]);
  expect(against([must]).newer).toEqual([
    { case: "leave/a[x=1]", requirement: "ONCE-PER-SESSION", kind: "fail" },
  ]);
  expect(against([must, "ONCE-PER-SESSION"]).newer).toBeUndefined();
});

describe("the exit code", () => {
  const codeOf = (cases: readonly CaseRecord[], baseline: Baseline, exitCode?: number) => {
    const run = { ...record([...cases, ...both]), ...(exitCode === undefined ? {} : { exitCode }) };
    return withBaseline(run, judgeBaseline(run, baseline, around)).exitCode;
  };
  // A run that has judged no leave and no absence is never complete.
  const both = [
    caseOf("leave/always", "", [
      checkOf(must, "heard-by-all(alice)", passed),
      checkOf(must, "no-false-leave", passed),
    ]),
  ];

  type Row = [
    what: string,
    cases: CaseRecord[],
    entries: BaselineEntry[],
    code: number,
    requirements?: string[],
  ];
  test.each<Row>([
    ["nothing is worse than the baseline", [one("leave/b", failed)], [entry("leave/b")], 0],
    ["something is worse", [one("leave/a[x=1]", failed), one("leave/b", failed)], [entry("leave/b")], 1],
    ["an entry is obsolete", [one("leave/b", passed)], [entry("leave/b")], 1],
    [
      "a MUST is open beside what is known",
      [one("leave/b", failed), one("leave/a[x=1]", inconclusive("late"))],
      [entry("leave/b")],
      3,
    ],
    ["nothing is known, and nothing fails", [one("leave/b", passed)], [], 0],
    [
      "what is open is accepted",
      [one("leave/b", inconclusive("late"))],
      [entry("leave/b", { accepts: "inconclusive" })],
      0,
    ],
    ["what fails is newer", [one("leave/b", failed)], [], 0, ["ONCE-PER-SESSION"]],
    ["what is open is newer", [one("leave/b", inconclusive("late"))], [], 0, ["ONCE-PER-SESSION"]],
  ])("where %s", (_, cases, entries, code, requirements) => {
    const baseline = { entries, ...(requirements === undefined ? {} : { requirements }) };
    expect(codeOf(cases, baseline)).toBe(code);
  });

  test("minds nothing that is open for a failure that is known", () => {
    const verdicts = [
      checkOf(must, "looks", failed),
      checkOf("ONCE-PER-SESSION", "looks", inconclusive("no leave came")),
    ];
    expect(codeOf([caseOf("leave/b", "", verdicts)], { entries: [entry("leave/b")] })).not.toBe(1);
  });

  test("of an interrupted run stays", () => {
    expect(codeOf([one("leave/b", failed)], { entries: [] }, 130)).toBe(130);
  });
});
