/** Cases, entries and a small catalogue for tests of the baseline. */
import type { Baseline, BaselineEntry } from "../../cli/baseline/file.ts";
import type { BaselineCatalogue } from "../../cli/baseline/judge-entry.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { fail, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf } from "./build.ts";

/** A MUST, whose failure makes the run fail, and a SHOULD, whose failure does not. */
export const must = "LEAVE-DISCONNECT";
export const should = "LINGER-ENDS";

export const failed = fail("a leave", "none", [1]);
export const passed = pass([1]);

/** Returns a case with one check. A failure failed in every attempt, unless `failures` says otherwise. */
export function one(
  id: string,
  verdict: Verdict,
  requirement = must,
  attempts = 1,
  failures = verdict.kind === "fail" ? attempts : 0,
): CaseRecord {
  return caseOf(id, "", [checkOf(requirement, "looks", verdict, attempts, failures)]);
}

export const catalogue: BaselineCatalogue = [
  ...["leave/a[x=1]", "leave/a[x=2]", "leave/b"].map((id) => ({ id, needs: [], checks: { [must]: [] } })),
  { id: "browser/c", needs: ["browser"], checks: { [must]: [] } },
];

/** Returns an entry that a person wrote. */
export const entry = (cases: string, changes: Partial<BaselineEntry> = {}): BaselineEntry => ({
  requirement: must,
  cases,
  reason: "the broker is old",
  owner: "ada",
  expires: "2027-01-01",
  ...changes,
});

export const around = {
  file: "known.json",
  catalogue,
  today: "2026-11-22",
  requirements: [must, should],
  dropsPassed: false,
};

export const noEntries: Baseline = { entries: [] };

/** Returns a record of a run of these cases. */
export const recordWith = (cases: readonly CaseRecord[], browser: string | null = "Chromium"): RunRecord =>
  recordOf(cases, { environment: { node: "v20", platform: "linux", cpus: 2, browser } });
