import { kindOfCheck } from "../judge/check-kinds.ts";
import { closedObserver, judgeAttempt, type Attempt } from "../judge/judged-attempt.ts";
import type { CaseRecord } from "../judge/record.ts";
import type { CheckVerdict } from "../judge/verdict.ts";
import type { Profile } from "../profile/profile.ts";
import type { Case } from "../scenario/scenario.ts";

/** A living observer of several cases that the target closed, although no case repeats that with observers of its own. */
export interface ObserverLoss {
  readonly observer: string;
  /** Case with the latest fault at that moment. */
  readonly caseId: string;
  /** Completes "observer-5 only listened: …". */
  readonly reason: string;
}

/** A case of the run with its record and all attempts. */
interface RunCase {
  readonly one: Case;
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

const isClosing = ({ kind, check }: Pick<CheckVerdict, "kind" | "check">): boolean =>
  kind === "fail" && kindOfCheck(check).id === "others-stay-connected";

/**
 * Returns the observers that the target closed for no repeatable reason. If a case shows that the target closes living clients, that case is the
 * finding, and the result is empty. An observer whose heartbeats the harness delayed is no loss, as in any case.
 */
export function unrepeatedLosses(run: readonly RunCase[], profile: Profile): ObserverLoss[] {
  if (run.some(({ record }) => record.verdicts.some(isClosing))) return [];
  const losses = run.flatMap(({ one, attempts }) =>
    attempts.flatMap((attempt): ObserverLoss[] => {
      const event = closedObserver(attempt);
      const verdict = event && judgeAttempt(one, attempt, profile).verdicts.find(isClosing);
      if (event === undefined || verdict?.kind !== "fail") return [];
      const at = attempt.startedAt === undefined ? "" : `, ${clockTime(attempt.startedAt, event.atMs)}`;
      const reason = `${verdict.actual} (in ${one.id}${at}, which did not repeat it)`;
      return [{ observer: event.actor, caseId: one.id, reason }];
    }),
  );
  return [...new Map(losses.map((loss) => [loss.observer, loss])).values()];
}

/** Returns the time of day, in UTC. */
const clockTime = (startedAt: string, atMs: number): string =>
  `${new Date(Date.parse(startedAt) + atMs).toISOString().slice(11, 19)} UTC`;

/** Adds the losses to the last attempt, or to an empty one. */
export function withLosses(attempts: readonly Attempt[], losses: readonly ObserverLoss[]): Attempt[] {
  const empty: Attempt = { alone: true, trouble: null, durationMs: 0, lagMaxMs: 0, events: [] };
  const last = attempts.at(-1) ?? empty;
  const events = losses.map(({ observer: actor, reason }, place) => ({
    ...({ kind: "observer-lost", actor, reason, ofRun: true } as const),
    index: last.events.length + place,
    atMs: last.durationMs,
  }));
  return [...attempts.slice(0, -1), { ...last, events: [...last.events, ...events] }];
}
