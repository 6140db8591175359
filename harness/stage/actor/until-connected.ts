import type { History } from "../../history/history.ts";
import { Refused, whyNotLetIn } from "../../history/refusal.ts";
import { stepLimitMs } from "../limits.ts";
import type { SessionView } from "./session-view.ts";

/** What a client that connects waits for. */
interface Wanted {
  readonly until: "opened" | "connected";
  readonly transport: string;
}

/**
 * Waits until a client's transport is open, or until it has CONNECTED.
 * @throws Refused if the target answers with ERROR or closes; Error after ten seconds, or on another transport than the wanted one
 */
export async function untilConnected(
  name: string,
  session: SessionView,
  history: History,
  { until, transport }: Wanted,
): Promise<void> {
  await history.until(() => session.first([until, "closed", "stomp-error"]) !== undefined, stepLimitMs);
  if (!session.has(until)) {
    const { loss } = session;
    const closed = session.last("closed");
    const why = whyNotLetIn({ error: session.last("stomp-error"), closed, loss, limitMs: stepLimitMs });
    const missed = until === "connected" ? "no CONNECTED" : "no open transport";
    const Failure = closed !== undefined || session.has("stomp-error") ? Refused : Error;
    throw new Failure(`${name} got ${missed}${why}`);
  }
  const used = session.last("opened")?.transport;
  if (used !== transport) throw new Error(`${name} was to use ${transport} and got ${String(used)}`);
}
