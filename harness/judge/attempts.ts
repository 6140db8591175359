import { explains, wasLate } from "./harness-delay.ts";
import { ofKind, type HistoryEvent } from "../history/events/events.ts";
import { detectionsIn, isSameCheck, judge, missedIn } from "./judge.ts";
import { type CheckVerdict, notApplicable, worst, type VerdictKind } from "./verdict.ts";
import { isRefusal } from "../history/refusal.ts";
import type { Profile } from "../profile/profile.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";
import type { JudgedCase } from "./judged-case.ts";

/** Number of attempts at a case with a wrong time. The failed ones show how often the target is late. */
const timedAttempts = 3;

/** The data of one attempt at a case. Its judgement uses nothing else. */
export interface Attempt {
  /** No other case ran at the same time. */
  readonly alone: boolean;
  /** The error that stopped the scenario; null without one. */
  readonly trouble: string | null;
  readonly durationMs: number;
  /** The harness's own longest delay during the attempt, in milliseconds. */
  readonly lagMaxMs: number;
  readonly events: readonly HistoryEvent[];
}

/** An attempt with its verdicts. */
interface JudgedAttempt extends Attempt {
  readonly verdicts: readonly CheckVerdict[];
  readonly kind: VerdictKind;
  /** The harness's own delay made it inconclusive, so it proves nothing about the target. */
  readonly heldUp: boolean;
}

/**
 * Judges a case by all attempts at it, at least one. Pure: stored attempts give the same verdicts again. Each check's worst verdict
 * counts, with the number of failures. An attempt does not count, if there is another, where the harness was delayed, a client was
 * refused, or the race did not take place. The record keeps the history of the worst attempt.
 */
export function judgeCase(one: JudgedCase, attempts: readonly Attempt[], profile: Profile): CaseRecord {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  const telling = judged.filter((attempt) => !isVoid(one, attempt, profile));
  const relevant = telling.length > 0 ? telling : judged.slice(-1);
  const kind = worst(relevant.map((attempt) => attempt.kind));
  const kept = relevant.findLast((attempt) => attempt.kind === kind);
  if (kept === undefined) throw new Error(`${one.id} was not attempted`);
  const verdicts = checksIn(kept, relevant).map((own): CheckRecord => {
    const all = relevant.flatMap(({ verdicts: others }) => others.filter((other) => isSameCheck(other, own)));
    const kindHere = worst(all.map((verdict) => verdict.kind));
    const worstHere = own.kind === kindHere ? own : (all.findLast((v) => v.kind === kindHere) ?? own);
    const failed = all.filter((verdict) => verdict.kind === "fail").length;
    return {
      ...(worstHere === own ? own : withoutEvidence(worstHere)),
      ...(one.scenario.isProperty === true
        ? { attempts: 1, failedAttempts: Math.min(failed, 1) }
        : { attempts: relevant.length, failedAttempts: failed, ...rateOf(own, relevant) }),
    };
  });
  const { durationMs, lagMaxMs, events } = kept;
  const evidence = { events, profile, alone: kept.alone };
  const missed = missedIn(evidence);
  const refused = judged.find((attempt) => isRefusal(attempt.trouble) && !relevant.includes(attempt));
  const record = recordOf(one, {
    durationMs,
    lagMaxMs,
    verdicts,
    detections: detectionsIn(evidence),
    ...(missed.length === 0 ? {} : { missed }),
    ...(typeof refused?.trouble === "string" ? { refusedOnce: refused.trouble } : {}),
  });
  return kind === "pass" || kind === "not-applicable" ? record : { ...record, timeline: events };
}

/** Returns the rates of a check that failed in one of several attempts: see `CheckRecord`. */
function rateOf(
  check: CheckVerdict,
  relevant: readonly JudgedAttempt[],
): Pick<CheckRecord, "passedAttempts" | "onlyBeside"> {
  const fails = ({ verdicts }: JudgedAttempt) =>
    verdicts.some((verdict) => verdict.kind === "fail" && isSameCheck(verdict, check));
  if (relevant.length < 2 || !relevant.some(fails)) return {};
  const [alone, beside] = [relevant.filter((one) => one.alone), relevant.filter((one) => !one.alone)];
  const passesAlone = alone.length > 0 && alone.every(({ kind }) => kind === "pass");
  return {
    passedAttempts: relevant.filter(({ kind }) => kind === "pass").length,
    ...(passesAlone && beside.every(fails) ? { onlyBeside: true } : {}),
  };
}

/** Returns the verdicts of the kept attempt, and those of universal checks that only another attempt failed. */
function checksIn(kept: JudgedAttempt, relevant: readonly JudgedAttempt[]): CheckVerdict[] {
  const all = [...kept.verdicts];
  for (const one of relevant.flatMap(({ verdicts }) => verdicts))
    if (!all.some((other) => isSameCheck(other, one))) all.push(withoutEvidence(one));
  return all;
}

/** Removes the evidence, because its indices belong to another history than the kept one. */
const withoutEvidence = (verdict: CheckVerdict): CheckVerdict =>
  "evidence" in verdict ? { ...verdict, evidence: [] } : verdict;

/** Returns the record of a case that cannot run against this target on this machine. */
export function notAsked(one: JudgedCase, reason: string): CaseRecord {
  const verdicts = Object.entries(one.checks).flatMap(([requirement, checks]) =>
    checks.map(({ name: check }) => ({
      ...notApplicable(reason),
      requirement,
      check,
      attempts: 0,
      failedAttempts: 0,
    })),
  );
  return recordOf(one, { durationMs: 0, lagMaxMs: 0, verdicts, detections: [] });
}

/** Ways to repeat a case: `alone`, `again` beside other repeated cases, or `repeat` beside all. */
export type Next = "alone" | "again" | "repeat";

/**
 * Returns the way to repeat a case after these attempts; undefined where no other attempt is needed:
 * - `alone` where an unclaimed leave may be another case's, the harness's delay made it inconclusive, or a client was refused
 * - `again` where a time was wrong
 * - `repeat` where it races and has not failed yet
 * @param repeats the number of attempts at a case that races
 */
export function nextAttempt(
  one: JudgedCase,
  attempts: readonly Attempt[],
  profile: Profile,
  repeats = 1,
): Next | undefined {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  const isAlone = judged.some(({ alone }) => alone);
  const mayNeedMore = judged.length === 1 || (one.races && !isAlone);
  const proveNothing = judged.every(
    (attempt) => mayBeHeldUp(attempt) || isRefusal(attempt.trouble) || mayBeOtherCases(one, attempt),
  );
  if (mayNeedMore && (judged.some(leftOpen) || proveNothing)) return "alone";
  const timed = new Set(
    Object.values(one.checks)
      .flat()
      .flatMap(({ name, timed: isTimed }) => (isTimed === true ? [name] : [])),
  );
  const wrongTime = judged.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && timed.has(check)),
  );
  if (wrongTime && judged.length < timedAttempts) return "again";
  // Alone, the sessions would not overlap. The first failure shows the race, so more attempts only cost time.
  const mayRepeat = one.races && !isAlone && judged.every(({ kind }) => kind !== "fail");
  return mayRepeat && judged.length < repeats ? "repeat" : undefined;
}

function judgeAttempt(one: JudgedCase, attempt: Attempt, profile: Profile): JudgedAttempt {
  const { events, alone } = attempt;
  const trouble = attempt.trouble ?? undefined;
  const verdicts = judge(one, { events, profile, alone, trouble });
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  // A delay does not explain an unclaimed notice.
  const heldUp = kind === "inconclusive" && !sawUnclaimed(attempt) && explains(attempt, profile);
  return { ...attempt, verdicts, kind, heldUp };
}

/** Returns true for an attempt that does not count if there is another. */
export const saysNothing = (one: JudgedCase, attempt: Attempt, profile: Profile): boolean =>
  isVoid(one, judgeAttempt(one, attempt, profile), profile);

/**
 * Returns true where the harness's delay made the attempt inconclusive, a client was refused, the race did not take place, or another
 * case's broken frames may be the cause.
 */
const isVoid = (one: JudgedCase, attempt: JudgedAttempt, profile: Profile): boolean =>
  attempt.heldUp ||
  isRefusal(attempt.trouble) ||
  mayBeOtherCases(one, attempt) ||
  missedRace(one, attempt, profile);

/** Returns true where a precondition shows that the concurrent events did not coincide. */
const missedRace = (
  one: JudgedCase,
  { trouble, kind, events, alone }: JudgedAttempt,
  profile: Profile,
): boolean =>
  one.races &&
  trouble === null &&
  kind === "inconclusive" &&
  one.expects.some((precondition) => precondition.judge({ events, profile, alone }).kind === "fail");

/** Returns true where an unclaimed notice made a check inconclusive. A decided case needs no attempt alone. */
const leftOpen = (attempt: JudgedAttempt): boolean =>
  sawUnclaimed(attempt) && attempt.verdicts.some(({ kind }) => kind === "inconclusive");

const sawUnclaimed = ({ events }: Attempt): boolean =>
  ofKind(events, "notice").some((n) => n.claimedBy === "nobody");

/** Returns true also where the delay is too short to explain it. Such an attempt counts, but one alone may show the cause. */
const mayBeHeldUp = (attempt: JudgedAttempt): boolean => attempt.kind === "inconclusive" && wasLate(attempt);

/** Returns true where the attempt may have failed by another case, whose text made the target send broken frames to all clients. */
const mayBeOtherCases = ({ scenario }: JudgedCase, { alone, kind }: JudgedAttempt): boolean =>
  scenario.mayBreakFrames === true && !alone && (kind === "fail" || kind === "inconclusive");

type CaseResult = Pick<
  CaseRecord,
  "durationMs" | "lagMaxMs" | "verdicts" | "detections" | "missed" | "refusedOnce"
>;

function recordOf({ id, scenario, axes }: JudgedCase, outcome: CaseResult): CaseRecord {
  return { id, scenario: scenario.id, title: scenario.title, axes, ...outcome };
}
