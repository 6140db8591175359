import type { RemovedMapping, Mapping, RosterEntry, PutResult } from "../store/mapping-store.ts";
import type { Frame, Version, Violation } from "../../stomp/frame.ts";
import type { Cause, SessionEvent } from "./events.ts";
import type { Heartbeats } from "./heartbeats.ts";
import type { Identify } from "./identify-message.ts";
import type { Notice } from "./notice.ts";

/** `session`: each session joins and leaves. `person`: a person joins with the first session, leaves with the last. */
export type Policy = "session" | "person";

/** What the core has to know. Times are milliseconds. */
export interface CoreConfig {
  readonly policy: Policy;
  /** What the server offers, each way; 0 switches a direction off. */
  readonly heartbeats: Heartbeats;
  /** A client is silent when it wasn't heard for its interval times this. At least 1. */
  readonly silenceFactor: number;
  /** From the opening of the transport to CONNECT. */
  readonly connectTimeoutMs: number;
  /** From the first byte of a frame to its last. */
  readonly frameTimeoutMs: number;
  /** What a client has to close the transport after its DISCONNECT, before the server does it. */
  readonly lingerMs: number;
  readonly maxSubscriptions: number;
  /** The public name of a person, under the policy `person`. A pure function. */
  readonly refOfPerson: (person: string) => string;
}

/** What a session has that isn't subscribed to anything. */
export const noSubscriptions: ReadonlyMap<string, string> = new Map();

/** An identify that waits for the store. */
export interface PendingIdentify extends Identify {
  readonly receipt: string | null;
}

/** One session's life. Immutable; times are milliseconds on the clock that `step` is given. */
export interface Session {
  readonly id: string;
  /** The public name of the session, under the policy `session`. */
  readonly ref: string;
  readonly phase: "opened" | "connected" | "ended";
  /** Why it ended; null while it lives. */
  readonly cause: Cause | null;
  /** Whether the transport is still there, and whether it was told to close. */
  readonly connection: "open" | "closing" | "closed";
  readonly version: Version;
  readonly heartbeats: Heartbeats;
  /** When the phase began. */
  readonly phaseStartedMs: number;
  readonly lastReceivedMs: number;
  readonly lastSentMs: number;
  /** When the frame began that isn't complete yet. */
  readonly frameStartedMs: number | null;
  /** Destinations by subscription id. */
  readonly subscriptions: ReadonlyMap<string, string>;
  /** How many MESSAGE frames were sent; numbers them. */
  readonly messages: number;
  /** What the client said of itself and the store hasn't confirmed, oldest first; the first is on its way there. */
  readonly pending: readonly PendingIdentify[];
  /** What the store holds of this session. */
  readonly mapping: Mapping | null;
}

/**
 * The session with some changes. The fields are written out because V8 takes ten times as long to spread so many of
 * them, and every step of every session comes through here.
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

/** What may happen to a session. */
export type Input =
  /** Bytes arrived. `partial`: they end within a frame. */
  | { readonly kind: "bytes"; readonly partial: boolean }
  | { readonly kind: "frame"; readonly frame: Frame }
  /** The client broke the protocol, or an interceptor refused it. */
  | ({ readonly kind: "violation" } & Violation)
  /** The deadline may have come. */
  | { readonly kind: "deadline" }
  /** The transport is gone. */
  | { readonly kind: "connection-ended"; readonly cause: Cause; readonly detail: string }
  /** The client takes its data too slowly. */
  | { readonly kind: "slow" }
  | { readonly kind: "stop" }
  /** Something was published; `from` is the session that it is about, which doesn't get it. */
  | { readonly kind: "deliver"; readonly destination: string; readonly body: string; readonly from: string }
  | { readonly kind: "roster"; readonly subscription: string; readonly roster: readonly RosterEntry[] }
  | { readonly kind: "stored"; readonly result: PutResult }
  | { readonly kind: "removed"; readonly removed: RemovedMapping | null }
  | { readonly kind: "store-failed"; readonly during: "put" | "remove" | "roster"; readonly reason: string };

/** What the shell has to do, in this order. */
export type Effect =
  | { readonly kind: "send"; readonly frame: Frame }
  /** Send a single end-of-line. */
  | { readonly kind: "heartbeat" }
  | { readonly kind: "close"; readonly code: number; readonly reason: string }
  | { readonly kind: "publish"; readonly event: SessionEvent }
  | { readonly kind: "put"; readonly mapping: Mapping; readonly claimedSessionId: string | null }
  | { readonly kind: "remove"; readonly sessionId: string }
  | { readonly kind: "read-roster"; readonly subscription: string }
  | { readonly kind: "announce"; readonly notice: Notice };

/** The next state, and what to do. */
export type Step = readonly [Session, readonly Effect[]];
