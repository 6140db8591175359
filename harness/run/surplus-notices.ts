import { maskedHistory } from "../history/masked-history.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import { noLeaveTwiceKind } from "../judge/checks/no-undue-leave.ts";
import { kindOfCheck } from "../judge/check-kinds.ts";
import type { CaseRecord } from "../judge/record.ts";
import { countOf } from "../util/words.ts";
import type { Case } from "../scenario/scenario.ts";
import type { NoticeOwners, Surplus } from "../stage/notice-owners.ts";
import type { TokenAttempt } from "./attempt-runner.ts";

/** Surplus leaves, with a name for the actor that received them. */
export type SurplusHeard = Surplus & { readonly by: string };

/**
 * Returns the leaves that a run received too often, each with the case whose actor received it. Leaves out clients that were still there
 * when their case was over: see `surplusAfterCases`.
 */
export function surplusOf(
  owners: Pick<NoticeOwners, "surplus">,
  attempts: ReadonlyMap<Pick<Case, "id">, readonly TokenAttempt[]>,
): SurplusHeard[] {
  const ids = new Map(
    [...attempts].flatMap(([one, all]) => all.map(({ token }) => [token, one.id] as const)),
  );
  const own = owners.surplus().filter(({ endsInCleanup }) => !endsInCleanup);
  return own.map((surplus) => {
    const { token, actor } = surplus.listener;
    const of = ids.get(token);
    return { ...surplus, by: of === undefined ? `${actor}, an observer of all cases` : `${actor} of ${of}` };
  });
}

/**
 * Returns the leaves received too often of clients that the cleanup of their case ended. They are findings of the run: who hears
 * them depends on the moment, so a case alone would not repeat them. Returns none if a case shows already that the target announces a
 * leave twice.
 */
export function surplusAfterCases(
  owners: Pick<NoticeOwners, "surplus">,
  records: readonly Pick<CaseRecord, "verdicts">[],
): { readonly kind: "leaves-repeated"; readonly actor: string; readonly reason: string }[] {
  const isShown = records.some(({ verdicts }) =>
    verdicts.some(({ kind, check }) => kind === "fail" && kindOfCheck(check) === noLeaveTwiceKind),
  );
  if (isShown) return [];
  const surplus = owners.surplus().filter(({ endsInCleanup }) => endsInCleanup);
  return surplus.map(({ client, heard, sessions, caseId, listener, quotes }) => ({
    kind: "leaves-repeated",
    actor: client,
    reason: `${listener.actor} received ${countOf(heard, "leave")} of "${client}", who had ${countOf(sessions, "session")} (in ${caseId}, after the case was over): ${quotes.map(({ body }) => body).join(", ")}`,
  }));
}

/** Adds to an attempt the leaves of its clients that other cases received too often, also after its end. */
export function withSurplus(
  { attempt, token, startedMs }: TokenAttempt,
  surplus: readonly SurplusHeard[],
): Attempt {
  const own = surplus.filter((each) => each.token === token);
  if (own.length === 0) return attempt;
  const overheard = own.map(({ client, heard, sessions, by, quotes }, place) => ({
    kind: "overheard" as const,
    actor: "other cases",
    index: attempt.events.length + place,
    atMs: attempt.durationMs,
    client,
    heard,
    sessions,
    by,
    quotes: quotes.map(({ atMs, body }) => ({ atMs: atMs - startedMs, body })),
  }));
  return { ...attempt, events: [...attempt.events, ...maskedHistory(overheard)] };
}
