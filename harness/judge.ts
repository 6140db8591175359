import type { Check, Evidence } from "./check.ts";
import type { HistoryEvent } from "./history.ts";
import { isSentinel, leaveHeard, observersOf, ofKind, sessionsOf, windowOf } from "./oracle.ts";
import type { Detection } from "./record.ts";
import type { Scenario } from "./scenario.ts";
import { inconclusive, type Verdict } from "./verdict.ts";

export type Judgement = Verdict & { readonly requirement: string; readonly check: string };

export interface Circumstances extends Evidence {
  /** Why the scenario could not be carried out to its end, if it could not. */
  readonly trouble: string | undefined;
}

/** Judges one case's history by each of its scenario's checks. Pure: a stored history gives the same again. */
export function judge(scenario: Scenario, circumstances: Circumstances): Judgement[] {
  const doubt = doubtAbout(scenario, circumstances);
  return Object.entries(scenario.checks).flatMap(([requirement, checks]) =>
    checks.map((check) => ({
      ...(doubt === undefined ? judgeOne(check, circumstances) : inconclusive(doubt)),
      requirement,
      check: check.name,
    })),
  );
}

/** Why nothing can be concluded from this history, whatever the checks say. */
function doubtAbout(scenario: Scenario, circumstances: Circumstances): string | undefined {
  if (circumstances.trouble !== undefined) return circumstances.trouble;
  const unwitnessed = firstUnwitnessed(circumstances.events);
  if (unwitnessed !== undefined) {
    return `nothing shows that ${unwitnessed.fault} took effect on ${unwitnessed.actor}`;
  }
  for (const precondition of scenario.expects ?? []) {
    const verdict = judgeOne(precondition, circumstances);
    if (verdict.kind === "fail") return `${precondition.name} does not hold: ${verdict.actual}`;
    if (verdict.kind === "inconclusive") return `${precondition.name}: ${verdict.reason}`;
  }
  return undefined;
}

function firstUnwitnessed(events: readonly HistoryEvent[]) {
  const witnesses = ofKind(events, "fault-witnessed");
  return ofKind(events, "fault-injected").find(
    ({ actor, fault, index }) =>
      !witnesses.some((w) => w.actor === actor && w.fault === fault && w.index > index),
  );
}

function judgeOne(check: Check, evidence: Evidence): Verdict {
  try {
    return check.judge(evidence);
  } catch (error) {
    return inconclusive(`the check itself failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** How long each observer took to hear of each end, beside the window in which that was due. */
export function detectionsIn({ events, profile }: Evidence): Detection[] {
  return sessionsOf(events).flatMap((session) => {
    const window = windowOf(session, profile);
    const { end } = session;
    if (window === undefined || end === undefined || isSentinel(session.actor)) return [];
    return observersOf(session, events).flatMap((observer) => {
      const leave = leaveHeard(events, session, observer.actor, profile.sessions);
      if (leave === undefined) return [];
      return {
        actor: session.actor,
        observer: observer.actor,
        cause: end.fault,
        latencyMs: leave.atMs - end.atMs,
        earliestMs: window.earliestMs === null ? null : Math.max(0, window.earliestMs - end.atMs),
        latestMs: window.latestMs - end.atMs,
      };
    });
  });
}
