import { lossOf } from "../history/sessions/connection-end.ts";
import { type HistoryEvent, ofKind } from "../history/events/events.ts";
import { tellsJoins } from "../history/notice.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import { observersOf } from "../history/sessions/observers.ts";
import type { Profile } from "../profile/profile.ts";
import type { Actor } from "./actor.ts";
import type { CaseContext } from "./case-context.ts";

/**
 * Waits until the observers know of the actor's current session: by a join notice, a RECEIPT or a delay, as the profile's
 * `identify.confirmed` says. Stops at the deadline, and when the session is lost.
 */
export async function untilKnown(actor: Actor, { history, profile }: CaseContext): Promise<void> {
  const { endedMs } = profile.deadlines;
  const confirmed = confirmationOf(profile);
  const isLost = () => lossOf(actor.name, history.events) !== undefined;
  if (confirmed === "receipt") await actor.untilIdentifyReceipt();
  else if (confirmed === "join")
    await history.until((events) => isLost() || isJoinHeard(actor.name, events), endedMs);
  else await history.until(isLost, confirmed.delayMs);
}

type Confirmation = NonNullable<Profile["identify"]["confirmed"]>;

/** Returns the evidence by which observers know of a client, as the profile declares it, or else the usual one. */
const confirmationOf = ({ identify, notice, deadlines }: Profile): Confirmation =>
  identify.confirmed ?? (tellsJoins(notice) ? "join" : { delayMs: deadlines.endedMs });

/** Returns true if a join notice shows that observers know of a client. */
export const isKnownByJoin = (profile: Profile): boolean => confirmationOf(profile) === "join";

/** Returns true if each observer of the actor's session has received a join notice for it. */
function isJoinHeard(actor: string, events: readonly HistoryEvent[]): boolean {
  const session = sessionsOf(events).findLast((s) => s.actor === actor);
  const identified = session?.identified.at(-1);
  if (session === undefined || identified === undefined) return false;
  // A person with several sessions has as many joins.
  const ofPerson = [...ofKind(events, "identify-sent"), ...ofKind(events, "notice")].filter(
    ({ client }) => client === identified.client,
  );
  return observersOf(session, events).every(({ actor: observer, subscribed }) => {
    const since = subscribed?.index ?? Infinity;
    const due = ofPerson.filter(
      ({ kind, index }) => kind === "identify-sent" && index > since && index <= identified.index,
    );
    const joins = ofPerson.filter((e) => e.kind === "notice" && e.event === "join" && e.actor === observer);
    return joins.length >= due.length;
  });
}
