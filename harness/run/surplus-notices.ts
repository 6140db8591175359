import { maskedHistory } from "../history/masked-history.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import type { Case } from "../scenario/scenario.ts";
import type { NoticeOwners, Surplus } from "../stage/notice-owners.ts";
import type { TokenAttempt } from "./attempt-runner.ts";

/** Surplus leaves, with a name for the actor that received them. */
export type SurplusHeard = Surplus & { readonly by: string };

/** Returns the leaves that a run received too often, each with the case whose actor received it. */
export function surplusOf(
  owners: Pick<NoticeOwners, "surplus">,
  attempts: ReadonlyMap<Pick<Case, "id">, readonly TokenAttempt[]>,
): SurplusHeard[] {
  const ids = new Map(
    [...attempts].flatMap(([one, all]) => all.map(({ token }) => [token, one.id] as const)),
  );
  return owners.surplus().map((surplus) => {
    const { token, actor } = surplus.listener;
    const of = ids.get(token);
    return { ...surplus, by: of === undefined ? `${actor}, an observer of all cases` : `${actor} of ${of}` };
  });
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
