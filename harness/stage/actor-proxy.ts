import type { History } from "../history/history.ts";
import { sessionsOf } from "../history/sessions.ts";
import { addressOf, Proxy } from "../network/proxy.ts";
import type { Surroundings } from "./case-context.ts";
import { isOverHttp } from "../profile/transports.ts";

/**
 * Starts an actor's proxy. It puts on record what only the proxy sees of the target by itself: that it floods, and that it ends
 * the actor's connection.
 * @param isBrowser a browser says by SOCKS where it wants to go; clients in Node have their connections turned to the proxy
 */
export function startOwnProxy(
  actor: string,
  { target, history }: Pick<Surroundings, "target" | "history">,
  isBrowser: boolean,
): Promise<Proxy> {
  return Proxy.listen(addressOf(target), () => history.nowMs(), {
    socks: isBrowser,
    onFlood: (words) => history.flooded(words),
    onTargetEnd: () => noteTargetEnd(actor, history),
  });
}

/** Over HTTP connections end and others come, while the session goes on. */
function noteTargetEnd(actor: string, history: History): void {
  const session = sessionsOf(history.events).findLast((s) => s.actor === actor);
  if (session === undefined || session.closed !== undefined) return;
  const { transport } = session.opened;
  if (!isOverHttp(transport)) history.add({ kind: "end-received", actor });
}
