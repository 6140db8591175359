import type { Attempt } from "../judge/judged-attempt.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../history/events/events.ts";
import type { Case } from "../scenario/scenario.ts";

/**
 * Attributes notices that no case owns. A target may announce a client under a changed name. All cases receive such a notice,
 * and the name does not tell which case caused it. The case that receives the same name again when it runs alone did.
 * @returns function that removes such notices from the attempts at all other cases
 */
export function attributeUnclaimed(
  attempts: ReadonlyMap<Case, readonly Attempt[]>,
): (one: Case, attempt: Attempt) => Attempt {
  const causes = new Map<string, Set<Case>>();
  for (const [one, all] of attempts)
    for (const { events } of all.filter(({ alone }) => alone))
      for (const notice of unclaimedIn(events))
        causes.set(keyOf(notice), (causes.get(keyOf(notice)) ?? new Set()).add(one));
  return (one, attempt) => {
    if (attempt.alone) return attempt;
    const explained = unclaimedIn(attempt.events).filter((notice) => {
      const of = causes.get(keyOf(notice));
      return of !== undefined && !of.has(one);
    });
    return explained.length === 0 ? attempt : { ...attempt, events: without(attempt.events, explained) };
  };
}

type UnclaimedNotice = EventOf<"notice">;

const unclaimedIn = (events: readonly HistoryEvent[]): UnclaimedNotice[] =>
  ofKind(events, "notice").filter(({ claimedBy }) => claimedBy === "nobody");

const keyOf = ({ event, client }: UnclaimedNotice): string => `${event} ${JSON.stringify(client)}`;

function without(events: readonly HistoryEvent[], left: readonly HistoryEvent[]): HistoryEvent[] {
  return events.filter((event) => !left.includes(event)).map((event, index) => ({ ...event, index }));
}
