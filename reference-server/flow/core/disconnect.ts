import type { RemovedMapping } from "../store/mapping-store.ts";
import { frame } from "../../stomp/frame.ts";
import type { Frame, Violation } from "../../stomp/frame.ts";
import type { Cause } from "./events.ts";
import { withChanges, noSubscriptions } from "./model.ts";
import type { CoreConfig, Effect, Session, Step } from "./model.ts";

/**
 * The disconnect listener: the one place that every ending comes through, whatever its cause. A session ends once; its
 * mapping is looked up and removed, and only then do the others hear of it.
 */
export function endSession(
  session: Session,
  ending: {
    readonly cause: Cause;
    readonly detail: string;
    readonly connection: Session["connection"];
    readonly last: readonly Effect[];
  },
  nowMs: number,
): Step {
  const { cause, detail, connection, last } = ending;
  const changes = {
    phase: "ended",
    cause,
    connection,
    phaseStartedMs: nowMs,
    subscriptions: noSubscriptions,
  } as const;
  const ended = withChanges(session, changes);
  const disconnect: Effect = { kind: "publish", event: { name: "session-disconnect", cause, detail } };
  return [ended, [...last, disconnect, ...removeMapping(ended)]];
}

/** Looks up and removes the mapping of an ended session, once no identify is on its way to the store any more. */
export function removeMapping({ id, phase, pending, mapping }: Session): readonly Effect[] {
  const isDue = phase === "ended" && pending.length === 0 && mapping !== null;
  return isDue ? [{ kind: "remove", sessionId: id }] : [];
}

/** The mapping is gone. Null: somebody else removed it, and has told. */
export function onRemoved(session: Session, removed: RemovedMapping | null, config: CoreConfig): Step {
  const { cause } = session;
  const announced = removed === null || cause === null ? [] : announceLeave(removed, cause, config);
  return [withChanges(session, { mapping: null }), announced];
}

/** Under the policy `person` nobody has left who is still there in another session. */
export function announceLeave(ended: RemovedMapping, cause: Cause, config: CoreConfig): readonly Effect[] {
  if (config.policy === "person" && ended.sessionsLeft > 0) return [];
  const { ref, clientData } = ended;
  return [{ kind: "announce", notice: { event: "leave", ref, clientData, cause } }];
}

export function onDisconnect(session: Session, received: Frame, nowMs: number): Step {
  const last = receiptFor(received);
  return endSession(session, { cause: "disconnect", detail: "DISCONNECT", connection: "open", last }, nowMs);
}

/** Ends a session from this side, without an ERROR. */
export function closeSession(
  session: Session,
  cause: Cause,
  code: number,
  reason: string,
  nowMs: number,
): Step {
  const last: readonly Effect[] = [{ kind: "close", code, reason }];
  return endSession(session, { cause, detail: reason, connection: "closing", last }, nowMs);
}

/** ERROR is followed by close. `headers` go into the ERROR frame. */
export function failSession(
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
  return endSession(session, { cause: "error", detail: message, connection: "closing", last }, nowMs);
}

/** Fails for what a frame asked. */
export function rejectFrame(session: Session, { headers }: Frame, message: string, nowMs: number): Step {
  const receipt = headers.get("receipt");
  return failSession(
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
