import type { HistoryEvent } from "./history.ts";
import { ofKind, personOf, sessionsOf } from "./oracle.ts";

/**
 * Whether the notice of that index is a leave of the actor's under another name than it gave, as far as can be told: it came
 * after the actor's end, it names nobody who identified, the name is a piece of the actor's or holds what marks it as this
 * case's, it is the only such leave that its observer heard, and that observer heard none under the right name.
 */
export function isMisnamed(events: readonly HistoryEvent[], index: number, actor: string): boolean {
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
  const heard = leaves.filter((leave) => leave.actor === notice.actor);
  return (
    notice.index > session.end.index &&
    isStrange(notice) &&
    heard.filter(isStrange).length === 1 &&
    !heard.some(({ client }) => client === name)
  );
}
