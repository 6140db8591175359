import type { Cause, SessionEvent } from "../../reference-server/flow/core/events.ts";
import type { Effect } from "../../reference-server/flow/core/model.ts";
import type { Notice } from "../../reference-server/flow/core/notice.ts";
import type { Hub } from "../../reference-server/flow/reconcile.ts";
import type { LiveSession } from "../../reference-server/flow/live-session.ts";
import type { Parts } from "../../reference-server/components.ts";
import { isLeave } from "./rewrite.ts";
import type { LeaveNotice } from "./rewrite.ts";

/** Does something more after each event of this name. */
export function alsoOn<N extends SessionEvent["name"]>(
  sound: Parts,
  name: N,
  act: (event: Extract<SessionEvent, { name: N }>, live: LiveSession, hub: Hub) => void,
): Partial<Parts> {
  const isSuch = (event: SessionEvent): event is Extract<SessionEvent, { name: N }> => event.name === name;
  return {
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (effect.kind === "tell" && isSuch(effect.event)) act(effect.event, live, hub);
    },
  };
}

/** Does something more after each leave was told. */
export function alsoAtLeave(
  sound: Parts,
  act: (notice: LeaveNotice, live: LiveSession, hub: Hub) => void,
): Partial<Parts> {
  return {
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (isLeave(effect)) act(effect.notice, live, hub);
    },
  };
}

/** The leave of somebody, to be told. */
export function leaveOf({ ref, clientData }: Pick<LeaveNotice, "ref" | "clientData">, cause: Cause): Effect {
  return { kind: "announce", notice: { event: "leave", ref, clientData, cause } };
}

/** Tells each notice only those for whom `hears` holds. */
export function tellOnly(
  sound: Parts,
  hears: (listener: LiveSession, notice: Notice, subject: LiveSession) => boolean,
): Partial<Parts> {
  return {
    perform(effect, live, hub) {
      if (effect.kind !== "announce") {
        sound.perform(effect, live, hub);
        return;
      }
      const told = [...hub.sessions].filter(([, listener]) => hears(listener, effect.notice, live));
      sound.perform(effect, live, { ...hub, sessions: new Map(told) });
    },
  };
}

/** Does something later, unless the process ends before. */
export function afterMs(delayMs: number, act: () => void): void {
  setTimeout(act, delayMs).unref();
}
