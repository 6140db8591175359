import { describeCloseCode } from "../history/sessions/connection-end.ts";
import { kindOfCheck } from "../judge/check-kinds.ts";
import { closedObserver, type Attempt } from "../judge/judged-attempt.ts";
import type { CaseRecord } from "../judge/record.ts";

/** A living observer of several cases that the target closed, although no case repeats that with observers of its own. */
export interface ObserverLoss {
  readonly observer: string;
  /** Case with the latest fault at that moment. */
  readonly caseId: string;
  /** Completes "observer-5 only listened: …". */
  readonly reason: string;
}

interface CaseWithAttempts {
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

/**
 * Returns the observers that the target closed for no repeatable reason. If a case shows that the target closes living clients, that case is the
 * finding, and the result is empty.
 */
export function unrepeatedLosses(finished: readonly CaseWithAttempts[]): ObserverLoss[] {
  const isKnown = finished.some(({ record }) =>
    record.verdicts.some(
      ({ kind, check }) => kind === "fail" && kindOfCheck(check).id === "others-stay-connected",
    ),
  );
  if (isKnown) return [];
  const losses = finished.flatMap(({ record, attempts }) =>
    attempts.flatMap((attempt): ObserverLoss[] => {
      const event = closedObserver(attempt);
      if (event === undefined) return [];
      const at = attempt.startedAt === undefined ? "" : ` at ${clockTime(attempt.startedAt, event.atMs)}`;
      const how =
        event.kind === "closed"
          ? `the target closed its connection ${describeCloseCode(event)}`
          : `the target sent it an ERROR: ${event.message}`;
      const reason = `${how}${at}. ${record.id} acted last, and did not repeat it`;
      return [{ observer: event.actor, caseId: record.id, reason }];
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
