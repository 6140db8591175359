import { ofKind } from "../history/events/events.ts";
import { judgeAttempt, lostObserver, type Attempt } from "../judge/attempts/judged-attempt.ts";
import type { CaseRecord } from "../judge/record.ts";
import { isClosing, unrepeatedCloses } from "../judge/attempts/unrepeated-closes.ts";
import type { Profile } from "../profile/profile.ts";
import type { Case } from "../scenario/scenario.ts";
import { withEvents } from "./with-events.ts";

/** A living client that the target closed in a case that did not repeat it. */
export interface LostClient {
  /** Name of a shared observer, or `bob of leave/fin`. */
  readonly client: string;
  readonly caseId: string;
  /** A sentence: how it was closed, in which case, and when. */
  readonly reason: string;
}

/** A case of the run with its record and all attempts. */
interface RunCase {
  readonly record: CaseRecord;
  readonly attempts: readonly Attempt[];
}

/**
 * Returns the living clients that the target closed for no repeatable reason: shared observers, and clients of one case. If a case
 * shows that the target closes living clients, its failure stands for the shared observers, too. A client whose heartbeats the
 * harness delayed is not lost, as in any case.
 */
export function lostClientsOf(
  cases: readonly Case[],
  run: readonly RunCase[],
  profile: Profile,
): LostClient[] {
  const isShown = run.some(({ record }) => record.verdicts.some(isClosing));
  const byId = new Map(cases.map((one) => [one.id, one]));
  const lost = run.flatMap(({ record, attempts }) => {
    const one = byId.get(record.id);
    if (one === undefined) return [];
    const judged = attempts.map((attempt) => judgeAttempt(one, attempt, profile));
    const unrepeated = unrepeatedCloses(one, judged, profile);
    return judged.flatMap((attempt): [string, LostClient][] => {
      if (lostObserver(attempt) ? isShown : !unrepeated.includes(attempt)) return [];
      const verdict = attempt.verdicts.find(isClosing);
      const close = verdict?.kind === "fail" ? attempt.events[verdict.evidence[0] ?? -1] : undefined;
      if (verdict?.kind !== "fail" || close === undefined) return [];
      const at = attempt.startedAt === undefined ? "" : `, ${clockTime(attempt.startedAt, close.atMs)}`;
      const reason = `${verdict.actual} (in ${one.id}${at}, which did not repeat it)`;
      const { actor } = close;
      // Several cases may have recorded the close of one shared observer.
      const isShared = ofKind(attempt.events, "observer-attached").some((event) => event.actor === actor);
      return [
        [
          isShared ? actor : `${actor} ${reason}`,
          { client: isShared ? actor : `${actor} of ${one.id}`, caseId: one.id, reason },
        ],
      ];
    });
  });
  return [...new Map(lost).values()];
}

/** Returns the time of day, in UTC. */
const clockTime = (startedAt: string, atMs: number): string =>
  `${new Date(Date.parse(startedAt) + atMs).toISOString().slice(11, 19)} UTC`;

/** Adds the lost clients to the last attempt, or to an empty one. */
export const withLostClients = (attempts: readonly Attempt[], lost: readonly LostClient[]): Attempt[] =>
  withEvents(
    attempts,
    lost.map(({ client: actor, reason }) => ({ kind: "client-lost", actor, reason })),
  );
