import type { RemovedMapping } from "../store/mapping-store.ts";
import { frame } from "../../stomp/frame.ts";
import type { Frame, Violation } from "../../stomp/frame.ts";
import type { Cause } from "./events.ts";
import { withChanges, noSubscriptions } from "./model.ts";
import type { CoreConfig, Effect, Session, Step } from "./model.ts";

/**
 * Ends a session, whatever the cause. This is the disconnect listener. A session ends once: the server removes its
 * mapping first and announces the leave afterwards.
 */
export function endSession(
  session: Session,
  ending: {
    readonly cause: Cause;
    readonly detail: string;
    readonly connection: Session["connection"];
    readonly closingEffects: readonly Effect[];
  },
  nowMs: number,
): Step {
  const { cause, detail, connection, closingEffects } = ending;
  const changes = {
    phase: "ended",
    cause,
    connection,
    phaseStartedMs: nowMs,
    subscriptions: noSubscriptions,
  } as const;
  const ended = withChanges(session, changes);
  const disconnect: Effect = { kind: "publish", event: { name: "session-disconnect", cause, detail } };
  return [ended, [...closingEffects, disconnect, ...removeMapping(ended)]];
}

/** Removes the mapping of an ended session as soon as the store has processed every pending identify. */
export function removeMapping({ id, phase, pending, mapping }: Session): readonly Effect[] {
  const isDue = phase === "ended" && pending.length === 0 && mapping !== null;
  return isDue ? [{ kind: "remove", sessionId: id }] : [];
}

/** Announces the leave after the removal. `removed` is null if another operation removed and announced the mapping. */
export function onRemoved(session: Session, removed: RemovedMapping | null, config: CoreConfig): Step {
  const { cause } = session;
  const announced = removed === null || cause === null ? [] : announceLeave(removed, cause, config);
  return [withChanges(session, { mapping: null }), announced];
}

/** Returns the leave notice. Policy `person` announces no leave while the person has another session. */
export function announceLeave(ended: RemovedMapping, cause: Cause, config: CoreConfig): readonly Effect[] {
  if (config.policy === "person" && ended.sessionsLeft > 0) return [];
  const { ref, clientData } = ended;
  return [{ kind: "announce", notice: { event: "leave", ref, clientData, cause } }];
}

export function onDisconnect(session: Session, received: Frame, nowMs: number): Step {
  const closingEffects = receiptFor(received);
  return endSession(
    session,
    { cause: "disconnect", detail: "DISCONNECT", connection: "open", closingEffects },
    nowMs,
  );
}

/** Ends a session from the server's side without an ERROR frame. */
export function closeSession(
  session: Session,
  cause: Cause,
  code: number,
  reason: string,
  nowMs: number,
): Step {
  const closingEffects: readonly Effect[] = [{ kind: "close", code, reason }];
  return endSession(session, { cause, detail: reason, connection: "closing", closingEffects }, nowMs);
}

/** Ends a session with an ERROR frame, then a close. `headers` are added to the ERROR frame. */
export function failSession(
  session: Session,
  { message, closeCode }: Violation,
  nowMs: number,
  headers: Readonly<Record<string, string>> = {},
): Step {
  const error = frame("ERROR", { message, "content-type": "text/plain", ...headers }, message);
  const closingEffects: readonly Effect[] = [
    { kind: "send", frame: error },
    { kind: "close", code: closeCode, reason: closeReason(message) },
  ];
  return endSession(
    session,
    { cause: "error", detail: message, connection: "closing", closingEffects },
    nowMs,
  );
}

/** Ends a session because of an invalid frame. The ERROR names the frame's receipt, if it has one. */
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

/** RFC 6455, section 5.5: a close reason has at most 123 bytes. */
function closeReason(message: string): string {
  return message.replace(/[^ -~]/g, "?").slice(0, 123);
}
