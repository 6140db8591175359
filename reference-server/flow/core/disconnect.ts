import type { Ended } from "../store/mapping-store.ts";
import { frame } from "../../stomp/frame.ts";
import type { Frame, Violation } from "../../stomp/frame.ts";
import type { Cause } from "./events.ts";
import { changed, noSubscriptions } from "./model.ts";
import type { CoreConfig, Effect, Session, Step } from "./model.ts";

/**
 * The disconnect listener: the one place that every ending comes through, whatever its cause. A session ends once; its
 * mapping is looked up and removed, and only then do the others hear of it.
 */
export function end(
  session: Session,
  ending: {
    readonly cause: Cause;
    readonly detail: string;
    readonly transport: Session["transport"];
    readonly last: readonly Effect[];
  },
  nowMs: number,
): Step {
  const { cause, detail, transport, last } = ending;
  const changes = {
    phase: "ended",
    cause,
    transport,
    sinceMs: nowMs,
    subscriptions: noSubscriptions,
  } as const;
  const ended = changed(session, changes);
  const disconnect: Effect = { kind: "tell", event: { name: "session-disconnect", cause, detail } };
  return [ended, [...last, disconnect, ...cleanUp(ended)]];
}

/** Looks up and removes the mapping of an ended session, once no identify is on its way to the store any more. */
export function cleanUp({ id, phase, pending, mapping }: Session): readonly Effect[] {
  const isDue = phase === "ended" && pending.length === 0 && mapping !== null;
  return isDue ? [{ kind: "remove", sessionId: id }] : [];
}

/** The mapping is gone. Null: somebody else removed it, and has told. */
export function onRemoved(session: Session, removed: Ended | null, config: CoreConfig): Step {
  const { cause } = session;
  const announced = removed === null || cause === null ? [] : announceLeave(removed, cause, config);
  return [changed(session, { mapping: null }), announced];
}

/** Under the policy `person` nobody has left who is still there in another session. */
export function announceLeave(ended: Ended, cause: Cause, config: CoreConfig): readonly Effect[] {
  if (config.policy === "person" && ended.sessionsLeft > 0) return [];
  const { ref, clientData } = ended;
  return [{ kind: "announce", notice: { event: "leave", ref, clientData, cause } }];
}

export function onDisconnect(session: Session, received: Frame, nowMs: number): Step {
  const last = receiptFor(received);
  return end(session, { cause: "disconnect", detail: "DISCONNECT", transport: "open", last }, nowMs);
}

/** Ends a session from this side, without an ERROR. */
export function hangUp(session: Session, cause: Cause, code: number, reason: string, nowMs: number): Step {
  const last: readonly Effect[] = [{ kind: "close", code, reason }];
  return end(session, { cause, detail: reason, transport: "closing", last }, nowMs);
}

/** ERROR is followed by close. `headers` go into the ERROR frame. */
export function fail(
  session: Session,
  { message, closeCode }: Violation,
  nowMs: number,
  headers: Readonly<Record<string, string>> = {},
): Step {
  const error = frame("ERROR", { message, "content-type": "text/plain", ...headers }, message);
  const last: readonly Effect[] = [
    { kind: "send", frame: error },
    { kind: "close", code: closeCode, reason: closeReason(message) },
  ];
  return end(session, { cause: "error", detail: message, transport: "closing", last }, nowMs);
}

/** Fails for what a frame asked. */
export function refuse(session: Session, { headers }: Frame, message: string, nowMs: number): Step {
  const receipt = headers.get("receipt");
  return fail(
    session,
    { message, closeCode: 1002 },
    nowMs,
    receipt === undefined ? {} : { "receipt-id": receipt },
  );
}

export function receiptFor({ headers }: Frame): readonly Effect[] {
  const receipt = headers.get("receipt");
  return receipt === undefined ? [] : [{ kind: "send", frame: frame("RECEIPT", { "receipt-id": receipt }) }];
}

/** RFC 6455 leaves a close reason 123 bytes. */
function closeReason(message: string): string {
  return message.replace(/[^ -~]/g, "?").slice(0, 123);
}
