import { expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { fails, open, passes, recordOf } from "../../testing/cli/mutants.ts";
import { UsageError } from "../exit.ts";
import { FailureLimit, failureLimitOf } from "./failure-limit.ts";

const profile = parseProfile(
  {
    url: "http://127.0.0.1/ws",
    waivers: [{ requirement: "LEAVE-IN-TIME", reason: "the queue is slow" }],
  },
  "the test",
);

const entry = { requirement: "LEAVE-NOT-TWICE", cases: "leave/*", reason: "known", owner: "ada" };

const limitOf = (
  failures: number,
  { strict = false, expires }: { readonly strict?: boolean; readonly expires?: string } = {},
  interruption = new AbortController().signal,
) =>
  new FailureLimit({ failures, option: `--max-failures ${failures}` }, interruption, {
    target: { profile },
    strict,
    gate: expires === undefined ? undefined : { baseline: { entries: [{ ...entry, expires }] } },
  });

const failing = (id: string, requirement = "LEAVE-NOT-TWICE") => recordOf(id, { [requirement]: fails });

test("the run is aborted at the given number of failed cases, each counted once", () => {
  const limit = limitOf(2);
  limit.decided(failing("leave/fin"));
  limit.decided(failing("leave/fin"));
  limit.decided(recordOf("leave/rst", { "LEAVE-NOT-TWICE": open }));
  limit.decided(recordOf("leave/close", { "LEAVE-NOT-TWICE": passes }));
  expect([limit.signal.aborted, limit.reached]).toEqual([false, undefined]);
  limit.decided(failing("leave/abort"));
  expect(limit.signal.aborted).toBe(true);
  expect(limit.reached).toEqual({ failures: 2, option: "--max-failures 2" });
});

test.each<[what: string, limit: FailureLimit, requirement: string, counts: boolean]>([
  ["a MUST", limitOf(1), "LEAVE-NOT-TWICE", true],
  ["a SHOULD", limitOf(1), "NAME-KEPT-WITHOUT-NEW-ONE", false],
  ["a SHOULD with --strict", limitOf(1, { strict: true }), "NAME-KEPT-WITHOUT-NEW-ONE", true],
  ["a waived declared requirement", limitOf(1), "LEAVE-IN-TIME", false],
  ["a failure that the baseline accepts", limitOf(1, { expires: "9999-01-01" }), "LEAVE-NOT-TWICE", false],
  ["one whose entry has expired", limitOf(1, { expires: "2020-01-01" }), "LEAVE-NOT-TWICE", true],
])("%s counts only if it would end the whole run with 1", (_what, limit, requirement, counts) => {
  limit.decided(failing("leave/fin", requirement));
  expect(limit.signal.aborted).toBe(counts);
});

test("an interruption aborts the run, and is no reached limit", () => {
  const user = new AbortController();
  const limit = limitOf(1, {}, user.signal);
  user.abort();
  expect([limit.signal.aborted, limit.reached]).toEqual([true, undefined]);
});

test("the options name the limit, and exclude an update of the baseline", () => {
  const out = "hangup-report";
  expect(failureLimitOf({ out })).toBeUndefined();
  expect(failureLimitOf({ out, failFast: true })).toEqual({ failures: 1, option: "--fail-fast" });
  expect(failureLimitOf({ out, maxFailures: 5 })).toEqual({ failures: 5, option: "--max-failures 5" });
  expect(() => failureLimitOf({ out, failFast: true, updateBaseline: true })).toThrow(UsageError);
});
