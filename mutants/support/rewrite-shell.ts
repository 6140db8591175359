import type { Cause, SessionEvent } from "../../reference-server/flow/core/events.ts";
import type { Effect } from "../../reference-server/flow/core/model.ts";
import type { Notice } from "../../reference-server/flow/core/notice.ts";
import type { ServerContext } from "../../reference-server/flow/live-session.ts";
import type { LiveSession } from "../../reference-server/flow/live-session.ts";
import type { ServerComponents } from "../../reference-server/components.ts";
import { isLeave } from "./rewrite-core.ts";
import type { LeaveNotice } from "./rewrite-core.ts";

/** Calls `act` after each session event with the given name. */
export function afterEvent<N extends SessionEvent["name"]>(
  original: ServerComponents,
  name: N,
  act: (event: Extract<SessionEvent, { name: N }>, live: LiveSession, context: ServerContext) => void,
): Partial<ServerComponents> {
  const isSuch = (event: SessionEvent): event is Extract<SessionEvent, { name: N }> => event.name === name;
  return {
    perform(effect, live, context) {
      original.perform(effect, live, context);
      if (effect.kind === "publish" && isSuch(effect.event)) act(effect.event, live, context);
    },
  };
}

/** Calls `act` after each announced leave. */
export function afterLeave(
  original: ServerComponents,
  act: (notice: LeaveNotice, live: LiveSession, context: ServerContext) => void,
): Partial<ServerComponents> {
  return {
    perform(effect, live, context) {
      original.perform(effect, live, context);
      if (isLeave(effect)) act(effect.notice, live, context);
    },
  };
}

/** Returns the effect that announces a leave. */
export function leaveEffect(
  { ref, clientData }: Pick<LeaveNotice, "ref" | "clientData">,
  cause: Cause,
): Effect {
  return { kind: "announce", notice: { event: "leave", ref, clientData, cause } };
}

/** Announces each notice only to the sessions for which `receives` returns true. */
export function announceOnlyTo(
  original: ServerComponents,
  receives: (listener: LiveSession, notice: Notice, subject: LiveSession) => boolean,
): Partial<ServerComponents> {
  return {
    perform(effect, live, context) {
      if (effect.kind !== "announce") {
        original.perform(effect, live, context);
        return;
      }
      const receivers = [...context.sessions].filter(([, listener]) =>
        receives(listener, effect.notice, live),
      );
      original.perform(effect, live, { ...context, sessions: new Map(receivers) });
    },
  };
}

/** Calls `act` after `delayMs`. The timer does not keep the process alive. */
export function runAfter(delayMs: number, act: () => void): void {
  setTimeout(act, delayMs).unref();
}
