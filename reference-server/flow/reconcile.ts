import { announceLeave } from "./core/disconnect.ts";
import type { ServerContext } from "./live-session.ts";
import { announce } from "./perform.ts";

/**
 * Removes the mappings of earlier runs of the server, which a killed process could not remove. Announces a leave for each
 * if `announces` is true.
 */
export async function reconcile(
  context: ServerContext,
  earlierSessions: readonly string[],
  announces: boolean,
): Promise<void> {
  for (const session of earlierSessions) {
    const record = { at: new Date().toISOString(), session, transport: null, transportSessionId: null };
    try {
      const removed = await context.store.remove(session);
      if (removed === null) continue;
      context.log({ ...record, name: "session-reconciled", ref: removed.ref });
      const effects = announces ? announceLeave(removed, "restart", context.config) : [];
      for (const effect of effects) if (effect.kind === "announce") announce(context, effect.notice, session);
    } catch (error) {
      context.log({ ...record, name: "store-failed", reason: String(error) });
    }
  }
}
