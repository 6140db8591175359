import type { Pace } from "./line.ts";
import type { OutgoingFrame } from "./websocket-frame.ts";

/**
 * What a client can do whose every byte is its own. Each method that sends resolves when the target has been sent all of
 * it, over HTTP also answered it, and rejects if the connection is over or the target takes nothing in. With a pace the
 * bytes go out piece by piece; whatever else is to be sent waits until then.
 */
export interface Speaker {
  /** The bytes that open the transport, for `write`, whole or in part, where the actor joined `until: "line"`. */
  readonly handshake: Buffer;
  /** The ids of its subscriptions, the eldest first. */
  readonly subscriptions: readonly string[];
  /**
   * CONNECT as a good client would say it, for `stomp`.
   * @param changes headers beside or in place of its own; undefined leaves one out
   * @param command STOMP is its other name, since 1.1
   */
  readonly connectFrame: (
    changes?: Readonly<Record<string, string | undefined>>,
    command?: "CONNECT" | "STOMP",
  ) => string;
  /** A STOMP frame's text exactly as it is, in the transport's framing. */
  readonly stomp: (text: string, pace?: Pace) => Promise<void>;
  /**
   * One message of the transport exactly as it is. On SockJS `["…"]` would be right; natively it is the text of one
   * WebSocket message.
   */
  readonly message: (text: string, pace?: Pace) => Promise<void>;
  /** One WebSocket frame, as right or wrong as it is asked for. Rejects on HTTP transports. */
  readonly frame: (frame: OutgoingFrame, pace?: Pace) => Promise<void>;
  /** Bytes past all framing, on the connection of the WebSocket or of the request that receives. */
  readonly write: (bytes: string | Uint8Array, pace?: Pace) => Promise<void>;
  /** Lets what the target sends pile up. */
  readonly stopReading: () => void;
  readonly resumeReading: () => void;
  /**
   * On xhr-polling: lets the request that waits now be the last one.
   * @returns when that was answered, or the session is over, true. Rejects on other transports
   */
  readonly stopPolling: () => Promise<true>;
  /** Resolves when the connection or request that receives is on its way, and not between two polls. */
  readonly asking: () => Promise<void>;
  /** On HTTP transports: breaks off the request that receives, and asks no more. Throws on a WebSocket. */
  readonly abort: () => void;
  /**
   * Opens a second connection to the same session, on the same transport. What it brings is on record as messages from
   * its address, and nothing of it counts as the session's own.
   * @returns the first thing that it brings: `opened`, `received …`, or `closed 2010 Another connection …`, or `nothing` in
   *   ten seconds
   */
  readonly second: () => Promise<string>;
}

/** How a speaker differs from a good client from the start. */
export interface SpeakerOptions {
  /**
   * How far it goes by itself: until it has a connection and nothing was sent; until the transport is open; or until
   * CONNECTED, as everybody else.
   */
  readonly until?: "line" | "opened" | "connected";
  /** The session id in its address, such as another client's; a random one when left out. */
  readonly sessionId?: string;
  /** The server ids in its addresses, one request after the other; always `000` when left out. */
  readonly serverIds?: readonly string[];
  /** False for one that keeps its promise of heartbeats by other bytes, or not at all. */
  readonly beats?: boolean;
  /** Has all bytes of the STOMP stream put on record. */
  readonly tellsBytes?: boolean;
  /** Has the STOMP frames that it sends put on record, as far as they are such. */
  readonly tellsFrames?: boolean;
  /** Headers for its HTTP requests, such as `Origin`, beside or in place of its own. */
  readonly headers?: Readonly<Record<string, string>>;
}
