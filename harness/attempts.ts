import { explains, wasLate } from "./excuse.ts";
import type { HistoryEvent } from "./history.ts";
import { detectionsIn, isSameCheck, judge, missedIn, type Judgement } from "./judge.ts";
import { ofKind } from "./oracle.ts";
import type { Profile } from "./profile.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";
import type { Case } from "./scenario.ts";
import { notApplicable, worst, type VerdictKind } from "./verdict.ts";

/** How often a case is run, of which a time was wrong: a target that is late now and then shows by how many fail. */
const timedAttempts = 3;

/** What one attempt at a case left behind: all that its judgement rests on. */
export interface Attempt {
  /** No other case ran at the same time. */
  readonly alone: boolean;
  /** Why the scenario could not be carried out to its end; null when it could. */
  readonly trouble: string | null;
  readonly durationMs: number;
  /** The harness's own longest delay meanwhile, in milliseconds. */
  readonly lagMaxMs: number;
  readonly events: readonly HistoryEvent[];
}

/** An attempt with what the checks say of it. */
interface Judged extends Attempt {
  readonly verdicts: readonly Judgement[];
  readonly kind: VerdictKind;
  /** The harness itself held it up, and so left it open: it says nothing of the target. */
  readonly heldUp: boolean;
}

/**
 * Judges a case by all attempts at it, of which there is at least one. Pure: stored attempts give the same again. Each
 * check's worst verdict holds, with how often it failed: what was wrong once was wrong, and what was unclear side by side
 * is not made clear by an attempt alone that did not show it. Only an attempt that the harness itself held up says
 * nothing, as soon as there is another. The history kept is that of the attempt which went worst.
 */
export function judgeCase(one: Case, attempts: readonly Attempt[], profile: Profile): CaseRecord {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  const relevant = judged.filter(
    (attempt, place) => place === judged.length - 1 || !(attempt.heldUp || mayBeOthersDoing(one, attempt)),
  );
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
        : { attempts: relevant.length, failedAttempts: failed }),
    };
  });
  const { durationMs, lagMaxMs, events } = kept;
  const evidence = { events, profile, alone: kept.alone };
  const missed = missedIn(evidence);
  const record = recordOf(one, {
    durationMs,
    lagMaxMs,
    verdicts,
    detections: detectionsIn(evidence),
    ...(missed.length === 0 ? {} : { missed }),
  });
  return kind === "pass" || kind === "not-applicable" ? record : { ...record, timeline: events };
}

/** The verdicts of the attempt that is kept, and those of checks that only another attempt failed without asking them. */
function checksIn(kept: Judged, relevant: readonly Judged[]): Judgement[] {
  const all = [...kept.verdicts];
  for (const one of relevant.flatMap(({ verdicts }) => verdicts))
    if (!all.some((other) => isSameCheck(other, one))) all.push(withoutEvidence(one));
  return all;
}

/** Evidence points into the history that is kept. */
const withoutEvidence = (verdict: Judgement): Judgement =>
  "evidence" in verdict ? { ...verdict, evidence: [] } : verdict;

/** A case that can't be asked of this target on this machine. */
export function notAsked(one: Case, reason: string): CaseRecord {
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

/**
 * How a case is to be run once more, after these attempts: `alone` where side by side nobody can know whose an unclaimed
 * leave was, or where the harness's own delay left it open; `again` where a time was wrong, and in place of `alone` for a
 * case that waits long, since several such waits overlap; not at all otherwise.
 */
export function nextAttempt(
  one: Case,
  attempts: readonly Attempt[],
  profile: Profile,
): "alone" | "again" | undefined {
  const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
  if (
    judged.length === 1 &&
    judged.some((first) => leftOpen(first) || mayBeHeldUp(first) || mayBeOthersDoing(one, first))
  )
    return "alone";
  const timed = new Set(
    Object.values(one.checks)
      .flat()
      .flatMap(({ name, timed: isTimed }) => (isTimed === true ? [name] : [])),
  );
  const wrongTime = judged.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && timed.has(check)),
  );
  return wrongTime && judged.length < timedAttempts ? "again" : undefined;
}

function judgeAttempt(one: Case, attempt: Attempt, profile: Profile): Judged {
  const { events, alone } = attempt;
  const trouble = attempt.trouble ?? undefined;
  const verdicts = judge(one, { events, profile, alone, trouble });
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  // What nobody claims is not explained by any delay.
  const heldUp = kind === "inconclusive" && !sawUnclaimed(attempt) && explains(attempt, profile);
  return { ...attempt, verdicts, kind, heldUp };
}

/** Whether the harness itself held an attempt up, and so left it open: it says nothing of the target. */
export const saysNothing = (one: Case, attempt: Attempt, profile: Profile): boolean =>
  judgeAttempt(one, attempt, profile).heldUp;

/** Returns true where an unclaimed notice left something undecided. A decided case needs no attempt alone. */
const leftOpen = (attempt: Judged): boolean =>
  sawUnclaimed(attempt) && attempt.verdicts.some(({ kind }) => kind === "inconclusive");

const sawUnclaimed = ({ events }: Attempt): boolean =>
  ofKind(events, "notice").some((n) => n.claimedBy === "nobody");

/** Also one whose excuse is too small: it counts, but the attempt alone may show what is behind it. */
const mayBeHeldUp = (attempt: Judged): boolean => attempt.kind === "inconclusive" && wasLate(attempt);

/** Whether what did not pass may have come of a frame that a target broke over what another case of its kind had said. */
const mayBeOthersDoing = ({ scenario }: Case, { alone, kind }: Judged): boolean =>
  scenario.mayBreakFrames === true && !alone && (kind === "fail" || kind === "inconclusive");

type Outcome = Pick<CaseRecord, "durationMs" | "lagMaxMs" | "verdicts" | "detections" | "missed">;

function recordOf({ id, scenario, axes }: Case, outcome: Outcome): CaseRecord {
  return { id, scenario: scenario.id, title: scenario.title, axes, ...outcome };
}
