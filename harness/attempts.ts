import { lagMarginMs } from "./checks/lateness.ts";
import { count } from "./checks/words.ts";
import type { Surplus } from "./claims.ts";
import type { HistoryEvent } from "./history.ts";
import type { Judgement } from "./judge.ts";
import { ofKind } from "./oracle.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";
import type { Case } from "./scenario.ts";
import { fail, notApplicable, worst } from "./verdict.ts";

/** One case that has come to its end, once or more than once. */
export interface FinishedCase {
  readonly record: CaseRecord;
  readonly events: readonly HistoryEvent[];
  /** By which its client data is claimed; undefined where it was not run at all. */
  readonly caseId: string | undefined;
  /** A leave that no case claims reached it: side by side with others, nobody can know whose it was. */
  readonly sawUnclaimedLeave: boolean;
}

/**
 * Whether the case is to be run once more, alone. Side by side nobody can know whose an unclaimed leave was; and what the
 * harness's own delay left open says nothing of the target.
 */
export function needsAnother({ sawUnclaimedLeave, record }: FinishedCase): boolean {
  return sawUnclaimedLeave || wasHeldUp(record);
}

const wasHeldUp = ({ lagMaxMs, verdicts }: CaseRecord): boolean =>
  lagMaxMs > lagMarginMs && worst(verdicts.map(({ kind }) => kind)) === "inconclusive";

/** What one attempt at a case came to. */
export interface Attempt {
  readonly caseId: string;
  readonly verdicts: readonly Judgement[];
  readonly detections: CaseRecord["detections"];
  readonly durationMs: number;
  readonly lagMaxMs: number;
  readonly events: readonly HistoryEvent[];
}

export function finishedCase(one: Case, attempt: Attempt): FinishedCase {
  const { caseId, events, durationMs, lagMaxMs, detections } = attempt;
  const verdicts = attempt.verdicts.map((verdict) => ({
    ...verdict,
    attempts: 1,
    failedAttempts: verdict.kind === "fail" ? 1 : 0,
  }));
  const record = recordOf(one, { durationMs, lagMaxMs, verdicts, detections }, events);
  const unclaimed = ofKind(events, "notice").some((n) => n.claimedBy === "nobody" && n.event === "leave");
  return { record, events, caseId, sawUnclaimedLeave: unclaimed };
}

/** A case that can't be asked of this target on this machine. */
export function notAsked(one: Case, reason: string): FinishedCase {
  const verdicts = Object.entries(one.scenario.checks).flatMap(([requirement, checks]) =>
    checks.map(({ name }) => ({
      ...notApplicable(reason),
      requirement,
      check: name,
      attempts: 0,
      failedAttempts: 0,
    })),
  );
  const record = recordOf(one, { durationMs: 0, lagMaxMs: 0, verdicts, detections: [] }, []);
  return { record, events: [], caseId: undefined, sawUnclaimedLeave: false };
}

type Outcome = Pick<CaseRecord, "durationMs" | "lagMaxMs" | "verdicts" | "detections">;

function recordOf(
  { id, scenario, axes }: Case,
  outcome: Outcome,
  events: readonly HistoryEvent[],
): CaseRecord {
  return {
    id,
    scenario: scenario.id,
    title: scenario.title,
    axes,
    ...outcome,
    ...timelineOf(outcome.verdicts, events),
  };
}

function timelineOf(
  verdicts: readonly CheckRecord[],
  events: readonly HistoryEvent[],
): Pick<CaseRecord, "timeline"> {
  const kind = worst(verdicts.map((verdict) => verdict.kind));
  return kind === "pass" || kind === "not-applicable" ? {} : { timeline: events };
}

/**
 * Two attempts at one case. Where a leave was unclaimed in the first, each check's worse verdict holds, with how often it failed. What was wrong once was wrong,
 * and what was unclear side by side is not made clear by an attempt alone that did not show it. The history kept is that
 * of the attempt which went worse.
 */
export function combine(first: FinishedCase, second: FinishedCase): FinishedCase {
  if (!first.sawUnclaimedLeave) return secondOf(first, second);
  const kindOf = ({ record }: FinishedCase) => worst(record.verdicts.map(({ kind }) => kind));
  const kept = worst([kindOf(first), kindOf(second)]) === kindOf(second) ? second : first;
  const verdicts = second.record.verdicts.map((after, place): CheckRecord => {
    const before = first.record.verdicts[place] ?? after;
    const worse = worst([before.kind, after.kind]) === after.kind ? after : before;
    return {
      // Evidence points into the history that is kept.
      ...(worse.kind === "fail" && !kept.record.verdicts.includes(worse)
        ? { ...worse, evidence: [] }
        : worse),
      attempts: before.attempts + after.attempts,
      failedAttempts: before.failedAttempts + after.failedAttempts,
    };
  });
  const record = { ...kept.record, verdicts, ...timelineOf(verdicts, kept.events) };
  return { ...kept, record };
}

/** The first attempt was held up by the harness itself: only the second counts. */
function secondOf(first: FinishedCase, second: FinishedCase): FinishedCase {
  const verdicts = second.record.verdicts.map((verdict, place) => ({
    ...verdict,
    attempts: verdict.attempts + (first.record.verdicts[place]?.attempts ?? 0),
  }));
  return { ...second, record: { ...second.record, verdicts } };
}

/**
 * Counts against a case what the rest of the run heard of its people too often, also after it was over: no case could
 * wait that long by itself.
 */
export function withSurplus(done: FinishedCase, surplus: readonly Surplus[]): FinishedCase {
  const own = surplus.find(({ caseId }) => caseId === done.caseId);
  if (own === undefined) return done;
  const verdict = fail(
    `${count(own.sessions, "leave")} of "${own.client}" in the whole run`,
    `an actor of another case heard ${own.heard}`,
  );
  const verdicts = done.record.verdicts.map((before) =>
    before.check === "no-leave-twice" && before.kind !== "fail"
      ? {
          ...verdict,
          requirement: before.requirement,
          check: before.check,
          attempts: before.attempts,
          failedAttempts: 1,
        }
      : before,
  );
  return { ...done, record: { ...done.record, verdicts, ...timelineOf(verdicts, done.events) } };
}
