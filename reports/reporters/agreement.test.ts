import fc from "fast-check";
import { expect, test } from "vitest";
import { create } from "xmlbuilder2";
import type { RunRecord } from "../../harness/judge/record.ts";
import { ctrf } from "./ctrf.ts";
import { renderHtml } from "../html.tsx";
import { findingGroups } from "../groups/finding-groups.ts";
import { renderSummary } from "../summary.ts";
import { files } from "./index.generated.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import {
  allPass,
  large,
  withFailures,
  withInconclusive,
  withoutBrowser,
} from "../../testing/records/sample.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";
import { runFailures, caseStatusCounts } from "../read/case-status.ts";
import { tap } from "./tap.ts";

/** What a pipeline acts on, in numbers. */
interface Counts {
  readonly cases: number;
  readonly red: number;
  readonly green: number;
  readonly neither: number;
}

/** As the record has it, of formats that know nothing but cases: with a line for the whole where nothing else is red. */
function own(record: RunRecord): Counts {
  const counts = caseStatusCounts(record);
  const asWhole = runFailures(record).length > 0 ? 1 : 0;
  return {
    cases: record.cases.length + asWhole,
    red: counts.failed + counts.inconclusive + asWhole,
    green: counts.passed,
    neither: counts.accepted + counts["not applicable"],
  };
}

/** Each format read back by a reader of its own. */
const readers: Readonly<Record<string, (record: RunRecord) => Counts>> = {
  junit(record) {
    const xml = create(junit.render(record)).root().node as unknown as Element;
    const results = Array.from(xml.getElementsByTagName("testcase")).map(
      (one) => Array.from(one.childNodes).find(({ nodeType }) => nodeType === 1)?.nodeName,
    );
    const count = (...names: (string | undefined)[]) => results.filter((name) => names.includes(name)).length;
    return {
      cases: results.length,
      red: count("failure", "error"),
      green: count(undefined),
      neither: count("skipped"),
    };
  },
  ctrf(record) {
    const { results } = JSON.parse(ctrf.render(record)) as {
      results: { summary: Record<string, number>; tests: { status: string }[] };
    };
    const count = (wanted: string) => results.tests.filter(({ status }) => status === wanted).length;
    const { tests = -1, passed = -1, failed = -1, skipped = -1 } = results.summary;
    expect([tests, passed, failed, skipped]).toEqual([
      results.tests.length,
      count("passed"),
      count("failed"),
      count("skipped"),
    ]);
    return { cases: tests, red: failed, green: passed, neither: skipped };
  },
  tap(record) {
    const lines = tap.render(record).split("\n");
    const of = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
    const directed = of(/^(not )?ok \d+ - .*[^\\]# (TODO|SKIP)/);
    const sound = of(/^ok /);
    const skipped = of(/^ok .*[^\\]# SKIP/);
    expect(lines[1]).toBe(`1..${of(/^(not )?ok /)}`);
    return {
      cases: of(/^(not )?ok /),
      red: of(/^not ok /) - (directed - skipped),
      green: sound - skipped,
      neither: directed,
    };
  },
  markdown(record) {
    const row = /^\| (\S+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$/m.exec(
      markdown.render(record).replace(/^\| cases.*\n.*\n/m, ""),
    );
    const [cases = -1, passed = -1, failed = -1, accepted = -1, open = -1, unasked = -1] = (
      row?.slice(1) ?? []
    ).map((cell) => Number(cell.replaceAll(",", "")));
    const asWhole = runFailures(record).length > 0 ? 1 : 0;
    return {
      cases: cases + asWhole,
      red: failed + open + asWhole,
      green: passed,
      neither: accepted + unasked,
    };
  },
};

/** Reporters without a reader here: annotations and the terminal show a choice, `html` has tests of its own, `json` is the record. */
const unread = ["github", "html", "json", "terminal"];

test("every reporter has a reader, or a reason for none", () => {
  expect([...Object.keys(readers), ...unread].sort()).toEqual(Object.keys(files).sort());
});

test.each(Object.keys(readers))("%s counts as the record does", (name) => {
  const read = readers[name];
  const check = (record: RunRecord) => {
    expect(read?.(record)).toEqual(own(record));
  };
  fc.assert(fc.property(anyRecord, check), { numRuns: 40 });
  for (const record of [withFailures(), withInconclusive(), withoutBrowser(), large(1200)]) check(record);
});

test("the HTML report's list has as many cases as the record, of each verdict", () => {
  const check = (record: RunRecord) => {
    const list = /<section id="section:cases".*?<\/section>/s.exec(renderHtml(record))?.[0] ?? "";
    const { notApplicable, ...totals } = record.totals;
    for (const [kind, count] of Object.entries({ ...totals, "not-applicable": notApplicable }))
      expect([kind, list.split(`<li class="${kind}"`).length - 1]).toEqual([kind, count]);
  };
  for (const record of [withFailures(), withInconclusive(), withoutBrowser(), large(1200)]) check(record);
});

test("terminal, HTML, Markdown and annotations tell the same groups, and each failure is in one of them", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const groups = findingGroups(record);
      const failures = record.cases.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === "fail"));
      const grouped = groups.flatMap(({ findings }) => findings.map(({ check }) => check));
      expect(new Set(grouped)).toEqual(new Set(failures));
      expect(grouped.length).toBe(failures.length);
      const told = groups.filter(({ effect }) => effect !== "known");
      const binding = groups.filter(({ effect }) => effect === "binding");
      const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
      expect(count(renderHtml(record), /<details class="group fail"/g)).toBe(groups.length);
      expect(count(renderSummary(record), /^✗ \d+ {2}/gm)).toBe(Math.min(10, told.length));
      const text = markdown.render(record);
      expect(count(text, /^- \*\*\d+\. /gm)).toBe(
        Math.min(20, binding.length) + Math.min(20, told.length - binding.length),
      );
    }),
    { numRuns: 40 },
  );
});

test("whatever is not exit code 0 is red in each of them", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const counts = readers["junit"]?.(record);
      expect((counts?.red ?? 0) > 0 || record.exitCode === 0).toBe(true);
    }),
    { numRuns: 40 },
  );
  for (const changes of [
    { exitCode: 130 },
    { exitCode: 3, outcome: "incomplete" as const },
    {
      exitCode: 1,
      baseline: {
        file: "known.json",
        known: [],
        worse: [],
        obsolete: [
          { requirement: "LEAVE-IN-TIME", cases: "a", kind: "passes" as const, words: "it passes now" },
        ],
      },
    },
  ])
    for (const [name, read] of Object.entries(readers))
      expect([name, read({ ...allPass(), ...changes }).red]).toEqual([name, 1]);
});

test("what is open beside a failure that the baseline knows turns nothing red", () => {
  const record = withFailures();
  const known = record.cases.flatMap(({ id, verdicts }) =>
    verdicts
      .filter(({ kind }) => kind === "fail")
      .map(({ requirement }) => ({ case: id, requirement, reason: "", owner: "", expires: "2027-01-01" })),
  );
  const cases = record.cases.map((run) => ({
    ...run,
    verdicts: [
      ...run.verdicts.filter(({ kind }) => kind !== "inconclusive"),
      ...(known.some((one) => one.case === run.id)
        ? [
            {
              requirement: "LEAVE-IN-TIME",
              check: "left-inside-window(alice)",
              kind: "inconclusive" as const,
              reason: "nobody heard a leave",
              attempts: 1,
              failedAttempts: 0,
            },
          ]
        : []),
    ],
  }));
  const baseline = { file: "known.json", known, worse: [], obsolete: [] };
  for (const [name, read] of Object.entries(readers))
    expect([name, read({ ...record, cases, baseline, exitCode: 0 }).red]).toEqual([name, 0]);
});
