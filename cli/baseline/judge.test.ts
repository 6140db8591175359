import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";
import type { BaselineEntry } from "./file.ts";
import { withBaseline } from "./gate.ts";
import { judgeBaseline, type BaselineCatalogue } from "./judge.ts";
import { updatedBaseline } from "./update.ts";

const must = "LEAVE-DISCONNECT";
const should = "LINGER-ENDS";
const failed = fail("a leave", "none", [1]);
const passed = pass([1]);

const one = (id: string, verdict: Verdict, requirement = must, runs = 1, failures = 0): CaseRecord => ({
  ...caseOf(id, "", [
    { ...checkOf(requirement, "looks", verdict), attempts: runs, failedAttempts: failures },
  ]),
});

const catalogue: BaselineCatalogue = [
  ...["leave/a[x=1]", "leave/a[x=2]", "leave/b"].map((id) => ({ id, needs: [], checks: { [must]: [] } })),
  { id: "browser/c", needs: ["browser"], checks: { [must]: [] } },
];

const entry = (cases: string, changes: Partial<BaselineEntry> = {}): BaselineEntry => ({
  requirement: must,
  cases,
  reason: "the broker is old",
  owner: "ada",
  expires: "2027-01-01",
  ...changes,
});

const around = { file: "known.json", catalogue, today: "2026-11-22" };
const record = (cases: readonly CaseRecord[], browser: string | null = "Chromium") =>
  recordOf(cases, { environment: { node: "v20", platform: "linux", cpus: 2, browser } });
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

describe("a known flake", () => {
  const flake = entry("leave/a[*]", { maxRate: 0.4 });

  test("may pass, and may fail as often as it says", () => {
    for (const verdict of [one("leave/a[x=1]", passed), one("leave/a[x=1]", failed, must, 3, 1)]) {
      const { worse, obsolete } = judged([verdict, one("leave/a[x=2]", passed)], [flake]);
      expect([...worse, ...obsolete]).toEqual([]);
    }
  });

  test("is worse when it fails more often", () => {
    const { worse, known } = judged([one("leave/a[x=1]", failed, must, 3, 2)], [flake]);
    expect(worse).toMatchObject([
      { case: "leave/a[x=1]", why: "it failed in 67 % of its runs, and its entry accepts 40 %" },
    ]);
    expect(known).toEqual([]);
  });
});

describe("the exit code", () => {
  const codeOf = (cases: readonly CaseRecord[], entries: readonly BaselineEntry[], exitCode?: number) => {
    const run = { ...record([...cases, ...both]), ...(exitCode === undefined ? {} : { exitCode }) };
    return withBaseline(run, judgeBaseline(run, { entries }, around)).exitCode;
  };
  // A run that has judged no leave and no absence is never complete.
  const both = [
    caseOf("leave/always", "", [
      checkOf(must, "heard-by-all(alice)", passed),
      checkOf(must, "no-false-leave", passed),
    ]),
  ];

  test.each([
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
  ])("where %s", (_, cases, entries, code) => {
    expect(codeOf(cases, entries)).toBe(code);
  });

  test("minds nothing that is open for a failure that is known", () => {
    const verdicts = [
      checkOf(must, "looks", failed),
      checkOf("ONCE-PER-SESSION", "looks", inconclusive("no leave came")),
    ];
    expect(codeOf([caseOf("leave/b", "", verdicts)], [entry("leave/b")])).toBe(0);
  });

  test("of an interrupted run stays", () => {
    expect(codeOf([one("leave/b", failed)], [], 130)).toBe(130);
  });
});

describe("an update", () => {
  const after = (cases: readonly CaseRecord[], entries: readonly BaselineEntry[]) =>
    updatedBaseline(record(cases), { entries }, around).entries;

  test("keeps what still holds as somebody wrote it, drops what is obsolete, adds what is new", () => {
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
    const { entries } = updatedBaseline(record(cases), { entries: [] }, wide);
    expect(entries.map((added) => added.cases)).toEqual(["leave/a[x=1]", "leave/a[x=2]"]);
  });

  test("leaves it to a person to accept longer what has expired", () => {
    const expired = entry("leave/b", { expires: "2026-01-01" });
    expect(after([one("leave/b", failed)], [expired])).toEqual([expired]);
  });

  test("with it, the same run is green", () => {
    const cases = [one("leave/b", failed), one("leave/a[x=1]", failed), one("leave/a[x=2]", passed)];
    const { worse, obsolete } = judged(cases, after(cases, []));
    expect([...worse, ...obsolete]).toEqual([]);
  });
});
