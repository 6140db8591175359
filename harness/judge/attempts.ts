import { explains, wasLate } from "./harness-delay.ts";
import { ofKind, type HistoryEvent } from "../history/events/events.ts";
import { detectionsIn, isSameCheck, judge, missedIn, type Judgement } from "./judge.ts";
import { isRefusal } from "../history/refusal.ts";
import type { Profile } from "../profile/profile.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";
import type { JudgedCase } from "./judged-case.ts";
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
 * is not made clear by an attempt alone that did not show it. An attempt that the harness itself held up, in which a client
 * was refused, or in which a race was not run says nothing, as soon as there is another. The history kept is that of the
 * attempt which went worst.
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

/** What the attempts show of a check that failed in one of several: see `CheckRecord`. */
function rateOf(
  check: Judgement,
  relevant: readonly Judged[],
): Pick<CheckRecord, "passedAttempts" | "onlyBeside"> {
  const fails = ({ verdicts }: Judged) =>
    verdicts.some((verdict) => verdict.kind === "fail" && isSameCheck(verdict, check));
  if (relevant.length < 2 || !relevant.some(fails)) return {};
  const [alone, beside] = [relevant.filter((one) => one.alone), relevant.filter((one) => !one.alone)];
  const passesAlone = alone.length > 0 && alone.every(({ kind }) => kind === "pass");
  return {
    passedAttempts: relevant.filter(({ kind }) => kind === "pass").length,
    ...(passesAlone && beside.every(fails) ? { onlyBeside: true } : {}),
  };
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

/** How a case is run once more: with no other beside it, beside those that are run once more, or beside all. */
export type Next = "alone" | "again" | "repeat";

/**
 * How a case is to be run once more, after these attempts: `alone` where side by side nobody can know whose an unclaimed
 * leave was, where the harness's own delay left it open, or where a client was refused; `again` where a time was wrong;
 * `repeat` where it races and nothing has failed yet; not at all otherwise.
 * @param repeats how often a case that races is run
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
  const sayNothing = judged.every(
    (attempt) => mayBeHeldUp(attempt) || isRefusal(attempt.trouble) || mayBeOthersDoing(one, attempt),
  );
  if (mayNeedMore && (judged.some(leftOpen) || sayNothing)) return "alone";
  const timed = new Set(
    Object.values(one.checks)
      .flat()
      .flatMap(({ name, timed: isTimed }) => (isTimed === true ? [name] : [])),
  );
  const wrongTime = judged.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && timed.has(check)),
  );
  if (wrongTime && judged.length < timedAttempts) return "again";
  // Alone they would not overlap. The first failure shows the race; more would only cost time.
  const mayRepeat = one.races && !isAlone && judged.every(({ kind }) => kind !== "fail");
  return mayRepeat && judged.length < repeats ? "repeat" : undefined;
}

function judgeAttempt(one: JudgedCase, attempt: Attempt, profile: Profile): Judged {
  const { events, alone } = attempt;
  const trouble = attempt.trouble ?? undefined;
  const verdicts = judge(one, { events, profile, alone, trouble });
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  // What nobody claims is not explained by any delay.
  const heldUp = kind === "inconclusive" && !sawUnclaimed(attempt) && explains(attempt, profile);
  return { ...attempt, verdicts, kind, heldUp };
}

/** Whether an attempt says nothing of the target, as soon as there is another. */
export const saysNothing = (one: JudgedCase, attempt: Attempt, profile: Profile): boolean =>
  isVoid(one, judgeAttempt(one, attempt, profile), profile);

/**
 * The harness itself held it up and so left it open, a client was refused, the race was not run, or another case's broken frames
 * may be behind it.
 */
const isVoid = (one: JudgedCase, attempt: Judged, profile: Profile): boolean =>
  attempt.heldUp ||
  isRefusal(attempt.trouble) ||
  mayBeOthersDoing(one, attempt) ||
  missedRace(one, attempt, profile);

/** What has to coincide did not, as a precondition shows. */
const missedRace = (one: JudgedCase, { trouble, kind, events, alone }: Judged, profile: Profile): boolean =>
  one.races &&
  trouble === null &&
  kind === "inconclusive" &&
  one.expects.some((precondition) => precondition.judge({ events, profile, alone }).kind === "fail");

/** Returns true where an unclaimed notice left something undecided. A decided case needs no attempt alone. */
const leftOpen = (attempt: Judged): boolean =>
  sawUnclaimed(attempt) && attempt.verdicts.some(({ kind }) => kind === "inconclusive");

const sawUnclaimed = ({ events }: Attempt): boolean =>
  ofKind(events, "notice").some((n) => n.claimedBy === "nobody");

/** Also one whose excuse is too small: it counts, but the attempt alone may show what is behind it. */
const mayBeHeldUp = (attempt: Judged): boolean => attempt.kind === "inconclusive" && wasLate(attempt);

/** Whether the attempt may have failed because of another case whose text made the target send broken frames to everybody. */
const mayBeOthersDoing = ({ scenario }: JudgedCase, { alone, kind }: Judged): boolean =>
  scenario.mayBreakFrames === true && !alone && (kind === "fail" || kind === "inconclusive");

type Outcome = Pick<
  CaseRecord,
  "durationMs" | "lagMaxMs" | "verdicts" | "detections" | "missed" | "refusedOnce"
>;

function recordOf({ id, scenario, axes }: JudgedCase, outcome: Outcome): CaseRecord {
  return { id, scenario: scenario.id, title: scenario.title, axes, ...outcome };
}
