import type { HistoryEvent, NewEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord, CheckRecord, Detection, RunRecord } from "../../harness/judge/record.ts";
import { worst, type Verdict, type VerdictKind } from "../../harness/judge/verdict.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import { sampleRequirements } from "./requirements.ts";

/** Returns a record of the cases. Its totals, requirements and outcome follow from them. */
export function recordOf(cases: readonly CaseRecord[], changes: Partial<RunRecord> = {}): RunRecord {
  const requirements = sampleRequirements
    .map((requirement) => ({ ...requirement, verdict: verdictOf(requirement.id, cases) }))
    .filter(({ id }) => cases.some(({ verdicts }) => verdicts.some((check) => check.requirement === id)));
  const musts = requirements.filter(({ level }) => level === "MUST").map(({ verdict }) => verdict);
  const outcome = musts.includes("fail")
    ? "nonconformant"
    : musts.includes("inconclusive")
      ? "incomplete"
      : "conformant";
  return {
    schemaVersion: 1,
    tool: { name: "hangup", version: "0.1.0" },
    target: { name: "reference server", url: "http://127.0.0.1:40123/connection", profile: sampleProfile },
    environment: { node: "v20.20.2", platform: "linux x64", cpus: 2, browser: "Chromium 156.0.8078.79" },
    startedAt: "2026-11-22T08:33:12.000Z",
    durationMs: 9812,
    longestWindowMs: 3100,
    seed: 1_848_201_973,
    strict: false,
    outcome,
    exitCode: { conformant: 0, nonconformant: 1, incomplete: 3 }[outcome],
    musts: {
      judged: musts.filter((verdict) => verdict === "pass" || verdict === "fail").length,
      total: musts.length,
    },
    lag: { p50Ms: 0.3, maxMs: 11.8, proxy: { p50Ms: 0.2, maxMs: 12.1 } },
    waivers: [],
    notes: [],
    totals: {
      pass: countKind(cases, "pass"),
      fail: countKind(cases, "fail"),
      inconclusive: countKind(cases, "inconclusive"),
      notApplicable: countKind(cases, "not-applicable"),
    },
    requirements,
    cases,
    ...changes,
  };
}

function verdictOf(requirement: string, cases: readonly CaseRecord[]): VerdictKind {
  return worst(
    cases
      .flatMap(({ verdicts }) => verdicts)
      .filter((check) => check.requirement === requirement)
      .map(({ kind }) => kind),
  );
}

function countKind(cases: readonly CaseRecord[], kind: VerdictKind): number {
  return cases.filter((run) => kindOf(run) === kind).length;
}

const sampleProfile = {
  name: "reference server",
  identify: { destination: "/ws", via: "send" },
  notices: { topic: "/topic/", key: "clientData" },
  capabilities: ["sockjs", "stomp-heartbeat", "roster"],
  deadlinesMs: { visibleEnd: 1000, silence: 5000, sockjsDisconnect: 6000 },
};

export function caseOf(
  id: string,
  title: string,
  verdicts: readonly CheckRecord[],
  more: Partial<CaseRecord> = {},
): CaseRecord {
  const scenario = id.replace(/\[.*/s, "");
  return {
    id,
    scenario,
    title,
    axes: {},
    durationMs: 1240,
    lagMaxMs: 2.1,
    verdicts,
    detections: [],
    history: `histories/${scenario.replaceAll("/", "-")}.json.gz`,
    ...more,
  };
}

/** Returns a check's record, of one attempt when left out. */
export function checkOf(
  requirement: string,
  check: string,
  verdict: Verdict,
  attempts = 1,
  failedAttempts = verdict.kind === "fail" ? attempts : 0,
): CheckRecord {
  return { ...verdict, requirement, check, attempts, failedAttempts };
}

/** Returns a history of events with their times. */
export function timelineOf(...events: readonly (readonly [atMs: number, event: NewEvent])[]): HistoryEvent[] {
  return events.map(([atMs, event], index) => ({ ...event, index, atMs }));
}

export function detectionsOf(
  cause: string,
  window: readonly [earliestMs: number | null, latestMs: number],
  ...latenciesMs: readonly number[]
): Detection[] {
  const [earliestMs, latestMs] = window;
  return latenciesMs.map((latencyMs) => ({
    actor: "alice",
    observer: "bob",
    cause,
    latencyMs,
    earliestMs,
    latestMs,
  }));
}
