import { universalChecks } from "./universal-checks.ts";
import type { Check, Evidence } from "./check.ts";
import {
  closedAfterDisconnect,
  closedAfterOwnStep,
  closedUnprovoked,
} from "../history/sessions/connection-end.ts";
import { ofKind, type EventOf } from "../history/events/events.ts";
import { nameInLeave } from "../history/leaves/announced-ends.ts";
import { expectedLeaves } from "../history/leaves/expected-leaves.ts";
import { sessionsOf, type Session } from "../history/sessions/sessions.ts";
import { isForestalled, witnessOf } from "../history/sessions/fault-effects.ts";
import type { Detection, Missed } from "./record.ts";
import type { JudgedCase, Checks } from "./judged-case.ts";
import { inconclusive, type CheckVerdict, type Verdict } from "./verdict.ts";
import { messageOf } from "../util/words.ts";

/** The checks of a case. */
type CaseChecks = Pick<JudgedCase, "checks" | "expects">;

/**
 * Judges one case's history by each of its checks and by the universal checks. Pure: a stored history gives the same verdicts
 * again.
 */
export function judge(one: CaseChecks, evidence: Evidence): CheckVerdict[] {
  const doubt = doubtAbout(one, evidence);
  const judged = (checks: Checks) =>
    Object.entries(checks).flatMap(([requirement, own]) =>
      own.map((check) => ({ requirement, check, verdict: judgeInDoubt(check, evidence, doubt) })),
    );
  const asked = judged(one.checks);
  const unasked = judged(universalChecks).filter(
    ({ check, verdict }) => verdict.kind === "fail" && !asked.some((own) => own.check.name === check.name),
  );
  const all = [...asked, ...unasked];
  const cause = all.find(({ check, verdict }) => check.isCause === true && verdict.kind === "fail");
  const ends = cause === undefined ? [] : consequencesIn(evidence, doubt !== undefined, cause.verdict);
  return withoutRepeats(all, evidence).map(({ requirement, check, verdict }) => ({
    ...(cause === undefined || cause.check === check ? verdict : inConsequence(verdict, cause, ends)),
    requirement,
    check: check.name,
  }));
}

/** Returns true for two verdicts of one check for one requirement. */
export const isSameCheck = (
  a: Pick<CheckVerdict, "requirement" | "check">,
  b: Pick<CheckVerdict, "requirement" | "check">,
): boolean => a.requirement === b.requirement && a.check === b.check;

interface JudgedCheck {
  readonly requirement: string;
  readonly check: Check;
  readonly verdict: Verdict;
}

/** Returns the verdicts. Failures that another failed check explains follow from that check. */
function withoutRepeats(all: readonly JudgedCheck[], evidence: Evidence): readonly JudgedCheck[] {
  const first = all.find(({ check, verdict }) => check.explains !== undefined && verdict.kind === "fail");
  if (first?.check.explains === undefined || first.verdict.kind !== "fail") return all;
  const shown = first.check.explains(evidence);
  const why = followsFrom(first.requirement, first.verdict.actual);
  return all.map((one) =>
    one.check !== first.check && one.verdict.kind === "fail" && isShownBy(one.verdict, shown)
      ? { ...one, verdict: why }
      : one,
  );
}

const followsFrom = (requirement: string, actual: string): Verdict =>
  inconclusive(`follows from ${requirement}: ${actual}`);

const isShownBy = ({ evidence }: Extract<Verdict, { kind: "fail" }>, indices: readonly number[]): boolean =>
  evidence.some((index) => indices.includes(index));

/** Returns a check's verdict. With a doubt about the history, only the failure of an invariant counts. */
function judgeInDoubt(check: Check, evidence: Evidence, doubt: string | undefined): Verdict {
  if (doubt === undefined) return judgeOne(check, evidence);
  const verdict = check.invariant === true ? judgeOne(check, evidence) : undefined;
  return verdict?.kind === "fail" ? verdict : inconclusive(doubt);
}

/**
 * Returns the indices of the closes of living clients that follow from the cause and break no other requirement:
 * - all closes by the target, if the history is in doubt,
 * - closes at once after the client's own step, or before the disturbance that the case is about,
 * - closes after the target had closed another client without a reason.
 */
function consequencesIn({ events }: Evidence, inDoubt: boolean, cause: Verdict): number[] {
  const shown = cause.kind === "fail" ? cause.evidence : [];
  const sessions = sessionsOf(events).filter(isClosed);
  const unprovoked = sessions.filter((s) => s.closedBy === "target" && closedUnprovoked(s, events));
  const proofs = unprovoked.filter(({ closed }) => shown.includes(closed.index));
  const asksLater = ofKind(events, "fault-injected")[0]?.ends === "not";
  return sessions.flatMap((session) => {
    const { actor, closed, closedBy } = session;
    const isUnprovoked = unprovoked.includes(session);
    const isFurther = proofs.some(
      (proof) => proof.actor !== actor && (isUnprovoked || proof.closed.index < closed.index),
    );
    const isOwn = inDoubt || closedAfterOwnStep(session, events) || (asksLater && isUnprovoked) || isFurther;
    // It may or may not have been the answer to the DISCONNECT.
    const isMaybe = isFurther && closedBy === "harness" && closedAfterDisconnect(session, events);
    return (closedBy === "target" && isOwn) || isMaybe ? [closed.index] : [];
  });
}

const isClosed = (session: Session): session is Session & { readonly closed: EventOf<"closed"> } =>
  session.closed !== undefined;

/**
 * Returns another check's verdict beside a cause. An inconclusive verdict follows from the cause. A failure whose evidence holds one
 * of `closes` (indices of events) is the same failure.
 */
function inConsequence(
  verdict: Verdict,
  cause: { readonly requirement: string; readonly verdict: Verdict },
  closes: readonly number[],
): Verdict {
  if (cause.verdict.kind !== "fail") return verdict;
  const isSame = verdict.kind === "fail" && isShownBy(verdict, closes);
  return verdict.kind === "inconclusive" || isSame
    ? followsFrom(cause.requirement, cause.verdict.actual)
    : verdict;
}

/** Returns the reason why no check can conclude from this history; undefined without one. */
function doubtAbout({ expects }: CaseChecks, evidence: Evidence): string | undefined {
  if (evidence.trouble !== undefined) return evidence.trouble;
  const { events } = evidence;
  const unwitnessed = ofKind(events, "fault-injected").find(
    (fault) => witnessOf(events, fault) === undefined && !isForestalled(events, fault),
  );
  if (unwitnessed !== undefined) {
    return `nothing shows that ${unwitnessed.fault} took effect on ${unwitnessed.actor}`;
  }
  for (const precondition of expects) {
    const verdict = judgeOne(precondition, evidence);
    if (verdict.kind === "fail") return `${precondition.name} does not hold: ${verdict.actual}`;
    if (verdict.kind === "inconclusive") return `${precondition.name}: ${verdict.reason}`;
  }
  return undefined;
}

function judgeOne(check: Check, evidence: Evidence): Verdict {
  try {
    return check.judge(evidence);
  } catch (error) {
    return inconclusive(`the check itself failed: ${messageOf(error)}`);
  }
}

/**
 * Returns the time from each end to its leave at each observer, beside the window in which the leave was due. Leaves out a leave that may be
 * of an earlier or a later end of the same name, because one of those leaves is missing.
 */
export function detectionsIn({ events, profile }: Evidence): Detection[] {
  const expected = expectedLeaves(events, profile);
  const missing = expected.filter(({ leave }) => leave === undefined);
  return expected.flatMap(({ session, end, observer, window, leave }) => {
    if (window === undefined || leave === undefined) return [];
    const mayBeOther = missing.some(
      (other) =>
        other.observer === observer &&
        other.end.atMs <= leave.atMs &&
        nameInLeave(other.session, profile) === leave.client,
    );
    if (mayBeOther) return [];
    const sinceMs = session.witness?.effectAtMs ?? end.atMs;
    return {
      actor: session.actor,
      observer,
      cause: end.fault,
      latencyMs: Math.max(0, leave.atMs - sinceMs),
      earliestMs: window.earliestMs === null ? null : Math.max(0, window.earliestMs - sinceMs),
      latestMs: window.latestMs - sinceMs,
    };
  });
}

/** Returns the ends whose leave an observer never received, each with the deadline. */
export function missedIn({ events, profile }: Evidence): Missed[] {
  return expectedLeaves(events, profile).flatMap(({ session, end, observer, window, leave }) =>
    window === undefined || leave !== undefined
      ? []
      : {
          actor: session.actor,
          observer,
          cause: end.fault,
          latestMs: window.latestMs - (session.witness?.effectAtMs ?? end.atMs),
        },
  );
}
