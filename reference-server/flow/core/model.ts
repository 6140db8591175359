import type { RemovedMapping, Mapping, RosterEntry, PutResult } from "../store/mapping-store.ts";
import type { Frame, Version, Violation } from "../../stomp/frame.ts";
import type { Cause, SessionEvent } from "./events.ts";
import type { Heartbeats } from "./heartbeats.ts";
import type { Identify } from "./identify-message.ts";
import type { Notice } from "./notice.ts";

/** `session`: each session joins and leaves. `person`: a person joins with the first session and leaves with the last. */
export type Policy = "session" | "person";

/** Settings of the core. Times are in milliseconds. */
export interface CoreConfig {
  readonly policy: Policy;
  /** Heartbeats that the server offers. 0 switches a direction off. */
  readonly heartbeats: Heartbeats;
  /** Number of heartbeat intervals without a byte after which a client is gone. At least 1. */
  readonly silenceFactor: number;
  /** Time from the opened connection to CONNECT. */
  readonly connectTimeoutMs: number;
  /** Time from the first byte of a frame to its last. */
  readonly frameTimeoutMs: number;
  /** Time after DISCONNECT in which the client should close the connection. Then the server closes it. */
  readonly lingerMs: number;
  readonly maxSubscriptions: number;
  /** Returns the public name of a person, for policy `person`. A pure function. */
  readonly refOfPerson: (person: string) => string;
}

/** Subscriptions of a session without any. */
export const noSubscriptions: ReadonlyMap<string, string> = new Map();

/** Identify message that waits for the store. */
export interface PendingIdentify extends Identify {
  readonly receipt: string | null;
}

/** State of one session, immutable. Times are in milliseconds, on the clock passed to `step`. */
export interface Session {
  readonly id: string;
  /** Public name of the session, for policy `session`. */
  readonly ref: string;
  readonly phase: "opened" | "connected" | "ended";
  /** Cause of the end; null before it. */
  readonly cause: Cause | null;
  /** State of the connection. `closing`: the server has started the closing handshake. */
  readonly connection: "open" | "closing" | "closed";
  readonly version: Version;
  readonly heartbeats: Heartbeats;
  /** Start of the current phase. */
  readonly phaseStartedMs: number;
  readonly lastReceivedMs: number;
  readonly lastSentMs: number;
  /** Arrival of the first byte of an incomplete frame; null if there is none. */
  readonly frameStartedMs: number | null;
  /** Destinations by subscription id. */
  readonly subscriptions: ReadonlyMap<string, string>;
  /** Number of MESSAGE frames sent so far. Message ids use it. */
  readonly messages: number;
  /** Identify messages that the store has not confirmed, oldest first. The store is processing the first. */
  readonly pending: readonly PendingIdentify[];
  /** Mapping of this session in the store; null if there is none. */
  readonly mapping: Mapping | null;
}

/**
 * Returns a copy of the session with some changes. The fields are listed because V8 takes ten times as long to spread so
 * many of them, and every step of every session calls this function.
 */
export function withChanges(session: Session, changes: Partial<Session>): Session {
  const copy: Session = {
    id: session.id,
    ref: session.ref,
    phase: session.phase,
    cause: session.cause,
    connection: session.connection,
    version: session.version,
    heartbeats: session.heartbeats,
    phaseStartedMs: session.phaseStartedMs,
    lastReceivedMs: session.lastReceivedMs,
    lastSentMs: session.lastSentMs,
    frameStartedMs: session.frameStartedMs,
    subscriptions: session.subscriptions,
    messages: session.messages,
    pending: session.pending,
    mapping: session.mapping,
  };
  return Object.assign(copy, changes);
}

/** Input of a session: something that happened to it. */
export type Input =
  /** Bytes arrived. `partial` is true if they end within a frame. */
  | { readonly kind: "bytes"; readonly partial: boolean }
  | { readonly kind: "frame"; readonly frame: Frame }
  /** The client violated the protocol, or an interceptor refused a frame. */
  | ({ readonly kind: "violation" } & Violation)
  /** The deadline may have passed. */
  | { readonly kind: "deadline" }
  /** The connection ended. */
  | { readonly kind: "connection-ended"; readonly cause: Cause; readonly detail: string }
  /** The client reads its data too slowly. */
  | { readonly kind: "slow" }
  | { readonly kind: "stop" }
  /** A notice was sent. `from` is the session that the notice is about, which does not receive it. */
  | { readonly kind: "deliver"; readonly destination: string; readonly body: string; readonly from: string }
  | { readonly kind: "roster"; readonly subscription: string; readonly roster: readonly RosterEntry[] }
  | { readonly kind: "stored"; readonly result: PutResult }
  | { readonly kind: "removed"; readonly removed: RemovedMapping | null }
  | { readonly kind: "store-failed"; readonly during: "put" | "remove" | "roster"; readonly reason: string };

/** Action for the shell. The shell performs effects in order. */
export type Effect =
  | { readonly kind: "send"; readonly frame: Frame }
  /** Sends a single end-of-line. */
  | { readonly kind: "heartbeat" }
  | { readonly kind: "close"; readonly code: number; readonly reason: string }
  | { readonly kind: "publish"; readonly event: SessionEvent }
  | { readonly kind: "put"; readonly mapping: Mapping; readonly claimedSessionId: string | null }
  | { readonly kind: "remove"; readonly sessionId: string }
  | { readonly kind: "read-roster"; readonly subscription: string }
  | { readonly kind: "announce"; readonly notice: Notice };

/** Next state of a session, with the effects to perform. */
export type Step = readonly [Session, readonly Effect[]];
