import { isRefusal } from "../../history/refusal.ts";
import type { Profile } from "../../profile/profile.ts";
import { detectionsIn, isSameCheck, missedIn } from "../judge.ts";
import { isVoid, judgeAttempt, type Attempt, type JudgedAttempt } from "./judged-attempt.ts";
import type { JudgedCase } from "../judged-case.ts";
import type { CaseRecord, CheckRecord } from "../record.ts";
import { unrepeatedCloses } from "./unrepeated-closes.ts";
import { universalChecks } from "../universal-checks.ts";
import { notApplicable, worst, type CheckVerdict } from "../verdict.ts";

/**
 * Judges a case by all attempts at it, at least one. Pure: stored attempts give the same verdicts again. Each check's worst verdict
 * counts, with the number of failures. Void attempts (see `isVoid` and `unrepeatedCloses`) count only if all are void: then the last one
 * counts. A failure of a check with `countsInVoid` counts in each attempt. The record keeps the history of the worst attempt.
 */
export function judgeCase(one: JudgedCase, attempts: readonly Attempt[], profile: Profile): CaseRecord {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  const unrepeated = unrepeatedCloses(one, judged, profile);
  const telling = judged.filter((attempt) => !isVoid(one, attempt, profile) && !unrepeated.includes(attempt));
  const counted = telling.length > 0 ? telling : judged.slice(-1);
  const relevant = [...proofsIn(one, judged, counted), ...counted];
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
  const { startedAt, durationMs, lagMaxMs, events } = kept;
  // A void attempt measures no delay of the target.
  const { events: measured, alone } = counted.includes(kept) ? kept : (counted.at(-1) ?? kept);
  const evidence = { events: measured, profile, alone };
  const missed = missedIn(evidence);
  const refused = judged.find((attempt) => isRefusal(attempt.trouble) && !relevant.includes(attempt));
  const record = recordOf(one, {
    ...(startedAt === undefined ? {} : { startedAt }),
    durationMs,
    lagMaxMs,
    verdicts,
    detections: detectionsIn(evidence),
    ...(missed.length === 0 ? {} : { missed }),
    ...(typeof refused?.trouble === "string" ? { refusedOnce: refused.trouble } : {}),
  });
  return kind === "pass" || kind === "not-applicable" ? record : { ...record, timeline: events };
}

/** Returns the other attempts that have a failure which counts in any attempt, with these failures alone. */
function proofsIn(
  one: JudgedCase,
  judged: readonly JudgedAttempt[],
  counted: readonly JudgedAttempt[],
): JudgedAttempt[] {
  const checks = [...Object.values(one.checks), ...Object.values(universalChecks)].flat();
  const proving = new Set(checks.filter(({ countsInVoid }) => countsInVoid === true).map(({ name }) => name));
  return judged.flatMap((attempt) => {
    const verdicts = attempt.verdicts.filter(({ kind, check }) => kind === "fail" && proving.has(check));
    return counted.includes(attempt) || verdicts.length === 0 ? [] : [{ ...attempt, verdicts, kind: "fail" }];
  });
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

type CaseResult = Pick<
  CaseRecord,
  "startedAt" | "durationMs" | "lagMaxMs" | "verdicts" | "detections" | "missed" | "refusedOnce"
>;

function recordOf({ id, scenario, axes }: JudgedCase, outcome: CaseResult): CaseRecord {
  return { id, scenario: scenario.id, title: scenario.title, axes, ...outcome };
}
