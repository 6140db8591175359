import { expect, test } from "vitest";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { fail, pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf, timelineOf } from "../../testing/records/build.ts";
import { findingGroups } from "./finding-groups.ts";
import { extentOf, headingOf, othersOf } from "./group-words.ts";
import { openGroups } from "./open-groups.ts";

const must = (id: string, level: "MUST" | "SHOULD" = "MUST"): RunRecord["requirements"][number] => ({
  ...{ id, level, basis: "flow", text: "t", citation: "c", verdict: "fail" },
});

interface SampleLeave {
  readonly cause?: string;
  readonly requirement?: string;
  readonly check?: string;
  /** Latencies of alice's leave at the observers; null where no leave came. */
  readonly afterMs?: readonly (number | null)[];
  readonly attempts?: readonly [attempts: number, failed: number];
  readonly waitedMs?: number;
  readonly more?: readonly CheckRecord[];
}

/** Case in which alice's leave is due within 1 s. It failed if `afterMs` says so. */
function leaving(id: string, sample: SampleLeave = {}): CaseRecord {
  const { cause = "rst", requirement = "GONE", check = "heard-by-all(alice)", afterMs = [null] } = sample;
  const { attempts = [1, 1], waitedMs = 4_050, more = [] } = sample;
  const isGood = afterMs.every((one) => one !== null && one <= 1_000);
  const ends = afterMs.map((latencyMs) => ({
    actor: "alice",
    observer: "bob",
    cause,
    latencyMs,
    latestMs: 1_000,
  }));
  const missed = ends.flatMap(({ latencyMs, ...end }) => (latencyMs === null ? [end] : []));
  return caseOf(
    id,
    "",
    [checkOf(requirement, check, isGood ? pass([1]) : fail("a leave", "none", [0, 1]), ...attempts), ...more],
    {
      axes: { transport: /transport=([a-z-]+)/.exec(id)?.[1] ?? "websocket" },
      detections: ends.flatMap(({ latencyMs, ...end }) =>
        latencyMs === null ? [] : [{ ...end, latencyMs, earliestMs: 0 }],
      ),
      ...(missed.length === 0 ? {} : { missed }),
      ...(isGood
        ? {}
        : {
            timeline: timelineOf(
              [100, { actor: "alice", kind: "fault-injected", fault: cause, ends: "visibly" }],
              [100 + waitedMs, { actor: "alice", kind: "waited-out", waitedMs }],
            ),
          }),
    },
  );
}

const groupsOf = (...cases: readonly CaseRecord[]) =>
  findingGroups({ ...recordOf(cases), requirements: [must("GONE"), must("OTHER"), must("WEAK", "SHOULD")] });

const wordsOf = (...cases: readonly CaseRecord[]) =>
  groupsOf(...cases).map((group) => `${headingOf(group)}, ${extentOf(group)}`);

test("failures of one requirement, check and cause are one group; its heading holds for each of them", () => {
  expect(
    wordsOf(
      leaving("leave/rst[transport=xhr-streaming]", { waitedMs: 4_399 }),
      leaving("leave/rst[transport=websocket]", { waitedMs: 4_210 }),
      leaving("leave/rst[transport=native]", { afterMs: [5] }),
      leaving("leave/fin[transport=native]", { cause: "fin" }),
    ),
  ).toEqual([
    "No leave in 4.2 s after a connection reset (RST), 2 of 3 cases on websocket, xhr-streaming",
    "No leave in 4 s after a lost connection (FIN), 1 case on native",
  ]);
});

test("a leave that some received, a late one and an early one are other groups than a missing one", () => {
  expect(
    wordsOf(
      leaving("leave/a"),
      leaving("leave/b", { afterMs: [5, null] }),
      leaving("leave/c", { afterMs: [3_000], check: "left-inside-window(alice)" }),
      leaving("leave/d", { afterMs: [2_500], check: "left-inside-window(alice)" }),
    ),
  ).toEqual([
    "Leave up to 2 s too late after a connection reset (RST), 2 of 2 cases on websocket",
    "No leave in 4 s after a connection reset (RST), 1 of 2 cases on websocket",
    "Leave not received by every observer after a connection reset (RST), 1 of 2 cases on websocket",
  ]);
});

test("a check that judges no leave is told in words that hold for each of its failures", () => {
  const closes = { check: "others-stay-connected", afterMs: [null] };
  expect(wordsOf(leaving("leave/a", closes), leaving("leave/b", closes))).toEqual([
    "The server closed the connection of a living client; in cases of a connection reset (RST), 2 of 2 cases on websocket",
  ]);
});

test("a failure of another attempt than the one on record says nothing about how the leave was wrong", () => {
  const [run] = [leaving("leave/a")];
  const elsewhere = {
    ...run,
    verdicts: run.verdicts.map((check) => ({ ...check, evidence: [] })),
  } as CaseRecord;
  expect(wordsOf(elsewhere)).toEqual([
    "A leave is missing; in cases of a connection reset (RST), 1 case on websocket",
  ]);
});

test("a failure in some runs only is counted as such", () => {
  const flaky = { attempts: [3, 1] } as const;
  expect(wordsOf(leaving("leave/a", flaky), leaving("leave/b"))[0]).toMatch(
    /2 of 2 cases on websocket; 1 not in every run$/,
  );
  expect(wordsOf(leaving("leave/a", flaky))[0]).toMatch(/1 case on websocket; not in every run$/);
});

test("binding groups come first, then everyday endings, then larger groups; accepted ones last", () => {
  const record = recordOf([
    leaving("leave/weak", { requirement: "WEAK" }),
    leaving("input/x", { requirement: "OTHER", cause: "fin" }),
    leaving("input/y", { requirement: "OTHER", cause: "fin" }),
    leaving("leave/rst", { requirement: "GONE" }),
    leaving("leave/kept", { requirement: "GONE", cause: "kill" }),
  ]);
  const known = [{ case: "leave/kept", requirement: "GONE", reason: "r", owner: "o", expires: "2099-01-01" }];
  const groups = findingGroups({
    ...record,
    requirements: [must("GONE"), must("OTHER"), must("WEAK", "SHOULD")],
    baseline: { file: "f", worse: [], known, obsolete: [] },
  });
  expect(groups.map(({ effect, cases }) => [effect, ...cases.map(({ id }) => id)])).toEqual([
    ["binding", "leave/rst"],
    ["binding", "input/x", "input/y"],
    ["not binding", "leave/weak"],
    ["known", "leave/kept"],
  ]);
});

test("the example fails always, alone, and soon", () => {
  const second = checkOf("OTHER", "no-drift", fail("a", "b"));
  const [group] = groupsOf(
    leaving("leave/flaky", { attempts: [3, 1] }),
    leaving("leave/two", { more: [second] }),
    leaving("leave/clear"),
  );
  expect(group?.findings.map(({ run }) => run.id)).toEqual(["leave/clear", "leave/two", "leave/flaky"]);
  expect(group === undefined ? "" : othersOf(group.cases, group.findings[0].run)).toBe(
    "leave/two, leave/flaky",
  );
});

test("inconclusive cases with one reason are one group, whoever plays in them and whatever the times", () => {
  const open = (id: string, reason: string) =>
    caseOf(id, "", [
      {
        kind: "inconclusive",
        reason,
        requirement: "GONE",
        check: "heard-by-all(alice)",
        attempts: 1,
        failedAttempts: 0,
      },
    ]);
  const groups = openGroups({
    ...recordOf([open("a", "bob waited 3.2 s"), open("b", "carol waited 5 s"), open("c", "another reason")]),
    requirements: [must("GONE")],
  });
  expect(groups.map(({ reason, cases }) => [reason, ...cases.map(({ id }) => id)])).toEqual([
    ["bob waited 3.2 s", "a", "b"],
    ["another reason", "c"],
  ]);
});
