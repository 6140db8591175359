import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { allPass, withoutBrowser } from "../../testing/records/sample.ts";
import { runDifferences } from "./run-differences.ts";

const between = (before: RunRecord, after: RunRecord) =>
  runDifferences([
    { name: "before", record: before },
    { name: "after", record: after },
  ]).map(({ what, values }) => `${what}: ${values}`);

const full = { ...allPass(), selection: { tier: "full" } };

test("runs of the same kind do not differ", () => {
  expect(between(full, full)).toEqual([]);
});

test("tier, selection, browser, version and strictness are named", () => {
  const { environment } = withoutBrowser();
  const other = {
    ...full,
    selection: { tier: "quick", grep: "leave/fin", failed: true as const },
    environment,
    tool: { ...full.tool, version: "0.2.0" },
    strict: true,
  };
  expect(between(full, other)).toEqual([
    "tier: full (before), quick (after)",
    "selected cases: all of the tier (before), --failed --grep leave/fin (after)",
    "browser: Chromium 156.0.8078.79 (before), none (after)",
    "hangup and its catalogue: 0.1.0 (before), 0.2.0 (after)",
    "--strict: no (before), yes (after)",
  ]);
});

test("what an older record does not know is no difference, except for a quick run", () => {
  expect(between(allPass(), full)).toEqual([]);
  const quick = {
    ...allPass(),
    notes: ["The quick tier: it leaves out most cases. `--tier full` has all of them."],
  };
  expect(between(quick, full)).toEqual(["tier: quick (before), full (after)"]);
});

test("runs with the same value stand together", () => {
  const runs = ["a", "b", "c"].map((name, place) => ({ name, record: { ...full, strict: place === 1 } }));
  expect(runDifferences(runs)).toEqual([{ what: "--strict", values: "no (a, c), yes (b)" }]);
});
