import type { History } from "../../history/history.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { isOverHttp } from "../../profile/transports.ts";
import { Proxy } from "../../network/proxy.ts";
import { addressOf } from "../../network/address.ts";
import type { CaseContext } from "../case-context.ts";

/**
 * Starts an actor's proxy. The proxy records a flood of bytes from the target, and the target's end of the connection.
 * @param isBrowser whether the client uses SOCKS; clients in Node are routed to the proxy
 */
export function startActorProxy(
  actor: string,
  { target, history }: Pick<CaseContext, "target" | "history">,
  isBrowser: boolean,
): Promise<Proxy> {
  return Proxy.listen(addressOf(target), () => history.nowMs(), {
    socks: isBrowser,
    onFlood: (words) => history.flooded(words),
    onTargetEnd: () => noteTargetEnd(actor, history),
  });
}

/** Records the end of a WebSocket. Over HTTP, connections end while the session goes on. */
function noteTargetEnd(actor: string, history: History): void {
  const session = sessionsOf(history.events).findLast((s) => s.actor === actor);
  if (session === undefined || session.closed !== undefined) return;
  const { transport } = session.opened;
  if (!isOverHttp(transport)) history.add({ kind: "end-received", actor });
}
