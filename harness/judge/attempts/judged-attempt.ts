import * as z from "zod";
import { ms, quantity } from "../../history/events/event-kind.ts";
import { historyEvent, ofKind } from "../../history/events/events.ts";
import { isRefusal } from "../../history/refusal.ts";
import type { Profile } from "../../profile/profile.ts";
import type { DeepReadonly } from "../../util/deep-readonly.ts";
import { explains } from "./harness-delay.ts";
import { judge } from "../judge.ts";
import type { JudgedCase } from "../judged-case.ts";
import { worst, type CheckVerdict, type VerdictKind } from "../verdict.ts";

/** The data of one attempt at a case, as a stored history holds it. Its judgement uses nothing else. */
export const storedAttempt = z.strictObject({
  /** No other case ran at the same time. */
  alone: z.boolean(),
  /** Maximum number of cases that acted at the same time. Histories of earlier versions lack it. */
  sideBySide: quantity.optional(),
  /** The unclaimed notice counts as this case's own, because a similar case received it when it ran alone. */
  explained: z.boolean().optional(),
  /** The error that stopped the scenario; null without one. */
  trouble: z.string().nullable(),
  /** Wall-clock time of the history's zero. Histories of earlier versions lack it. */
  startedAt: z.iso.datetime().optional(),
  durationMs: ms,
  /** The harness's own longest delay during the attempt, in milliseconds. */
  lagMaxMs: ms,
  events: z.array(historyEvent),
});

export type Attempt = DeepReadonly<z.infer<typeof storedAttempt>>;

/** An attempt with its verdicts. */
export interface JudgedAttempt extends Attempt {
  readonly verdicts: readonly CheckVerdict[];
  readonly kind: VerdictKind;
  /** The harness's own delay made it inconclusive, so it proves nothing about the target. */
  readonly heldUp: boolean;
}

/** Last judgement of each attempt. After each further attempt, and at the end of the run, a case is judged by all its attempts. */
const cache = new WeakMap<
  Attempt,
  { readonly one: JudgedCase; readonly profile: Profile; readonly judged: JudgedAttempt }
>();

/** Judges one attempt by the checks of its case. */
export function judgeAttempt(one: JudgedCase, attempt: Attempt, profile: Profile): JudgedAttempt {
  const last = cache.get(attempt);
  if (last?.one === one && last.profile === profile) return last.judged;
  const judged = judgeOnce(one, attempt, profile);
  cache.set(attempt, { one, profile, judged });
  return judged;
}

function judgeOnce(one: JudgedCase, attempt: Attempt, profile: Profile): JudgedAttempt {
  const { events, explained } = attempt;
  const alone = attempt.alone || explained === true;
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

/** A missed deadline counts only with at most this many cases side by side. More may overload a target. */
export const calmSideBySide = 8;

/**
 * Returns true for an attempt that is ignored if another one counts:
 * - The harness's delay made it inconclusive.
 * - The target refused a client.
 * - The target closed a shared observer.
 * - The race did not take place.
 * - A deadline was missed beside many cases.
 * - Another case's broken frames may be the cause.
 */
export const isVoid = (one: JudgedCase, attempt: JudgedAttempt, profile: Profile): boolean =>
  attempt.heldUp ||
  isRefusal(attempt.trouble) ||
  lostObserver(attempt) ||
  failedInCrowd(one, attempt) ||
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

/**
 * Returns true where the case lost an observer that it shared, probably by another case. Where the target ended it, the case acted
 * last: an attempt with observers of its own shows whether it is the cause.
 */
export function lostObserver({ events }: Attempt): boolean {
  const shared = new Set(ofKind(events, "observer-attached").map(({ actor }) => actor));
  const ended = [...ofKind(events, "closed"), ...ofKind(events, "stomp-error")];
  return ofKind(events, "observer-lost").length > 0 || ended.some(({ actor }) => shared.has(actor));
}

/** Returns true where the attempt only missed deadlines, beside so many cases that the target may have been overloaded. */
export const failedInCrowd = (one: JudgedCase, attempt: JudgedAttempt): boolean =>
  (attempt.sideBySide ?? 1) > calmSideBySide && failedByTimeAlone(one, attempt);

/** Returns true where each failed check measures a time. */
const failedByTimeAlone = (one: JudgedCase, { verdicts }: JudgedAttempt): boolean => {
  const failed = verdicts.filter(({ kind }) => kind === "fail");
  return failed.length > 0 && failed.every(({ check }) => isTimed(one, check));
};

/** Returns true for the name of a check that measures a time. */
export const isTimed = ({ checks }: JudgedCase, name: string): boolean =>
  Object.values(checks).some((own) => own.some((check) => check.name === name && check.timed === true));

/** Returns true for an attempt with a notice that no case claims. */
export const sawUnclaimed = ({ events }: Attempt): boolean =>
  ofKind(events, "notice").some((n) => n.claimedBy === "nobody");

/**
 * Returns true where the attempt may have failed by another case, whose text made the target send broken frames to all clients. They make
 * no leave late.
 */
export const mayBeOtherCases = (one: JudgedCase, attempt: JudgedAttempt): boolean =>
  one.scenario.mayBreakFrames === true &&
  !attempt.alone &&
  (attempt.kind === "fail" || attempt.kind === "inconclusive") &&
  !failedByTimeAlone(one, attempt);
