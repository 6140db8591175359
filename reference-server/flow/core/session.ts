import type { Frame } from "../../stomp/frame.ts";
import { onConnect } from "./connect.ts";
import { onDeadline } from "./deadlines.ts";
import {
  announceLeave,
  removeMapping,
  endSession,
  failSession,
  closeSession,
  onDisconnect,
  onRemoved,
  rejectFrame,
} from "./disconnect.ts";
import { onSend, onStored } from "./identify.ts";
import { withChanges, noSubscriptions } from "./model.ts";
import type { CoreConfig, Effect, Input, Session, Step } from "./model.ts";
import { onDeliver, onRoster, onSubscribe, onUnsubscribe } from "./subscribe.ts";

/** Returns the state of a session with a new connection. `ref` is its public name. */
export function openSession(id: string, ref: string, nowMs: number): Session {
  return {
    id,
    ref,
    phase: "opened",
    cause: null,
    connection: "open",
    version: "1.2",
    heartbeats: { fromClientMs: 0, toClientMs: 0 },
    phaseStartedMs: nowMs,
    lastReceivedMs: nowMs,
    lastSentMs: nowMs,
    frameStartedMs: null,
    subscriptions: noSubscriptions,
    messages: 0,
    pending: [],
    mapping: null,
  };
}

/**
 * Computes the next state of a session and the effects to perform: the core's state machine. Total, without I/O, clock or
 * randomness. `nowMs` must not decrease from one call to the next.
 */
export function step(session: Session, input: Input, nowMs: number, config: CoreConfig): Step {
  const [next, effects] = react(session, input, nowMs, config);
  return [effects.some(isSent) ? withChanges(next, { lastSentMs: nowMs }) : next, effects];
}

function isSent({ kind }: Effect): boolean {
  return kind === "send" || kind === "heartbeat";
}

/** Returns true if nothing more can happen to the session, so that the shell may drop it. */
export function isOver({ connection, pending, mapping }: Session): boolean {
  return connection === "closed" && pending.length === 0 && mapping === null;
}

function react(session: Session, input: Input, nowMs: number, config: CoreConfig): Step {
  switch (input.kind) {
    case "deadline":
      return onDeadline(session, nowMs, config);
    case "stored":
      return onStored(session, input.result, config);
    case "removed":
      return onRemoved(session, input.removed, config);
    case "store-failed":
      return onStoreFailed(session, input, nowMs, config);
    case "connection-ended":
      if (session.phase === "ended") return [withChanges(session, { connection: "closed" }), []];
      return endSession(
        session,
        { cause: input.cause, detail: input.detail, connection: "closed", closingEffects: [] },
        nowMs,
      );
    default:
      return session.phase === "ended" ? [session, []] : onLive(session, input, nowMs, config);
  }
}

type LiveInput = Exclude<
  Input,
  { kind: "deadline" | "stored" | "removed" | "store-failed" | "connection-ended" }
>;

/** Handles the inputs that an ended session ignores. */
function onLive(session: Session, input: LiveInput, nowMs: number, config: CoreConfig): Step {
  switch (input.kind) {
    case "bytes": {
      const frameStartedMs = input.partial ? (session.frameStartedMs ?? nowMs) : null;
      return [withChanges(session, { lastReceivedMs: nowMs, frameStartedMs }), []];
    }
    case "frame":
      return onFrame(
        withChanges(session, { lastReceivedMs: nowMs, frameStartedMs: null }),
        input.frame,
        nowMs,
        config,
      );
    case "violation":
      return failSession(session, input, nowMs);
    case "slow":
      return closeSession(session, "slow", 1008, "the client reads too slowly", nowMs);
    case "stop":
      return closeSession(session, "server-stop", 1001, "the server stops", nowMs);
    case "deliver":
      return onDeliver(session, input);
    case "roster":
      return onRoster(session, input);
  }
}

function onFrame(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  const { command, body } = received;
  if (body !== "" && command !== "SEND")
    return rejectFrame(session, received, `${command} has no body`, nowMs);
  if (command === "CONNECT" || command === "STOMP") return onConnect(session, received, nowMs, config);
  if (session.phase === "opened") return rejectFrame(session, received, `${command} before CONNECT`, nowMs);
  switch (command) {
    case "SUBSCRIBE":
      return onSubscribe(session, received, nowMs, config);
    case "UNSUBSCRIBE":
      return onUnsubscribe(session, received, nowMs);
    case "SEND":
      return onSend(session, received, nowMs, config);
    case "DISCONNECT":
      return onDisconnect(session, received, nowMs);
    default:
      return rejectFrame(session, received, `${command} is not supported`, nowMs);
  }
}

/**
 * Handles a failed store operation. A failed put or roster query ends the session. After a failed remove the leave is
 * announced nevertheless; the next start of the server removes the mapping.
 */
function onStoreFailed(
  session: Session,
  { during, reason }: Extract<Input, { kind: "store-failed" }>,
  nowMs: number,
  config: CoreConfig,
): Step {
  const published: Effect = { kind: "publish", event: { name: "store-failed", reason } };
  const { mapping, cause } = session;
  if (during === "remove") {
    // The number of the person's other sessions is unknown. A missing leave is better than a false one.
    const left =
      mapping === null || cause === null ? [] : announceLeave({ ...mapping, sessionsLeft: 1 }, cause, config);
    return [withChanges(session, { mapping: null }), [published, ...left]];
  }
  const rest = during === "put" ? withChanges(session, { pending: [] }) : session;
  if (rest.phase === "ended") return [rest, [published, ...(during === "put" ? removeMapping(rest) : [])]];
  const failure = { message: "the store failed; try again later", closeCode: 1011 } as const;
  const [ended, effects] = failSession(rest, failure, nowMs);
  return [ended, [published, ...effects]];
}
