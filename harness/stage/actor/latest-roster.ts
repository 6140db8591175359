import { ofKind } from "../../history/events/events.ts";
import type { History } from "../../history/history.ts";
import { stepLimitMs } from "../limits.ts";

/** Records the list that an actor's roster notices add up to. Waits for the first of them. */
export async function recordLatestRoster(actor: string, history: History): Promise<void> {
  const received = () => ofKind(history.events, "notice").filter((notice) => notice.actor === actor);
  if (!(await history.until(() => received().length > 0, stepLimitMs))) {
    history.add({
      kind: "waited-in-vain",
      actor,
      awaited: "the list of who is there",
      waitedMs: stepLimitMs,
    });
    return;
  }
  const clients: string[] = [];
  for (const { event, client } of received()) {
    if (client === null) continue;
    if (event === "join") clients.push(client);
    else if (clients.includes(client)) clients.splice(clients.indexOf(client), 1);
  }
  history.add({ kind: "roster-read", actor, clients });
}
