import { ofKind, type HistoryEvent } from "../events/events.ts";
import { personOf, sessionsOf } from "../sessions/sessions.ts";

/**
 * Returns true where the notice at that index probably announces the actor's leave under a wrong name. All conditions must hold:
 * - It arrived after the actor's session ended, and no client identified by the name in it.
 * - That name is a part of the actor's name, or contains this case's token.
 * - Its observer received no other such leave, and none under the right name.
 */
export function isLeaveUnderWrongName(
  events: readonly HistoryEvent[],
  index: number,
  actor: string,
): boolean {
  const leaves = ofKind(events, "notice").filter(({ event }) => event === "leave");
  const notice = leaves.find((leave) => leave.index === index);
  const session = sessionsOf(events).findLast((s) => s.actor === actor && s.end !== undefined);
  const name = session && personOf(session);
  if (notice === undefined || session?.end === undefined || name === undefined) return false;
  const given = new Set(ofKind(events, "identify-sent").map(({ client }) => client));
  const isStrange = ({ client, claimedBy }: typeof notice) =>
    client !== null &&
    client.trim() !== "" &&
    !given.has(client) &&
    (claimedBy === "this-case" || name.includes(client));
  const received = leaves.filter((leave) => leave.actor === notice.actor);
  return (
    notice.index > session.end.index &&
    isStrange(notice) &&
    received.filter(isStrange).length === 1 &&
    !received.some(({ client }) => client === name)
  );
}
