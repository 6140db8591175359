import type { Mapping, PutResult } from "../store/mapping-store.ts";
import { frame } from "../../stomp/frame.ts";
import type { Frame } from "../../stomp/frame.ts";
import { announceLeave, removeMapping, failSession, rejectFrame } from "./disconnect.ts";
import { personOf, readIdentify } from "./identify-message.ts";
import { withChanges } from "./model.ts";
import type { CoreConfig, Effect, PendingIdentify, Session, Step } from "./model.ts";

/** Destination of identify messages, and the only one that a client can SEND to. */
const identifyDestination = "/ws";

/** Maximum number of identify messages that wait for the store. Only a flooding client exceeds it. */
const maxPending = 32;

/**
 * Handles an identify message. The store processes one operation per session at a time, in the order of the frames, and the
 * end of the session waits for its turn. So no mapping outlives its session.
 */
export function onSend(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  const { headers, body } = received;
  if (headers.get("destination") !== identifyDestination) {
    return rejectFrame(session, received, `clients can SEND to ${identifyDestination} only`, nowMs);
  }
  if (headers.has("transaction"))
    return rejectFrame(session, received, "transactions are not supported", nowMs);
  const identify = readIdentify(body);
  // A malformed identify is an application error, so the session continues. It gets no RECEIPT.
  if (typeof identify === "string") return [session, [identifyRefused(identify)]];
  if (session.pending.length >= maxPending) {
    return failSession(session, { message: "too many identify messages at once", closeCode: 1008 }, nowMs);
  }
  const pending = [...session.pending, { ...identify, receipt: headers.get("receipt") ?? null }];
  const waiting = withChanges(session, { pending });
  return [waiting, pending.length === 1 ? putFirst(waiting, config) : []];
}

function identifyRefused(reason: string): Effect {
  return { kind: "publish", event: { name: "identify-refused", reason } };
}

function putFirst(session: Session, config: CoreConfig): readonly Effect[] {
  const [first] = session.pending;
  if (first === undefined) return [];
  const { claimedSessionId } = first;
  return [{ kind: "put", mapping: mappingOf(session, first, config), claimedSessionId }];
}

/** Binds the client data to the session of the frame. The session id in the body is ignored. */
function mappingOf({ id, ref }: Session, { clientData }: PendingIdentify, config: CoreConfig): Mapping {
  const person = personOf(clientData);
  return {
    sessionId: id,
    ref: config.policy === "person" ? config.refOfPerson(person) : ref,
    person,
    clientData,
  };
}

/** Confirms and announces the first pending identify after the store has saved it. */
export function onStored(session: Session, result: PutResult, config: CoreConfig): Step {
  const [first, ...pending] = session.pending;
  if (first === undefined) return [session, []];
  const mapping = mappingOf(session, first, config);
  const stored = withChanges(session, { pending, mapping });
  const { ref } = mapping;
  const { claimedSessionId, receipt } = first;
  const confirmed: Effect[] = [
    { kind: "publish", event: { name: "session-identified", ref, claimedSessionId } },
  ];
  if (receipt !== null && session.connection === "open") {
    confirmed.push({ kind: "send", frame: frame("RECEIPT", { "receipt-id": receipt }) });
  }
  return [
    stored,
    [
      ...confirmed,
      ...announceJoin(mapping, result, config),
      ...putFirst(stored, config),
      ...removeMapping(stored),
    ],
  ];
}

/** Returns the join notice. Identifying again with the same data announces nothing. */
function announceJoin(
  { ref, clientData, person }: Mapping,
  result: PutResult,
  config: CoreConfig,
): readonly Effect[] {
  const { previous, sessions } = result;
  if (previous?.person === person) return [];
  const join: Effect = { kind: "announce", notice: { event: "join", ref, clientData } };
  if (config.policy === "session") return [join];
  const left = previous === null ? [] : announceLeave(previous, "renamed", config);
  return sessions === 1 ? [...left, join] : left;
}
