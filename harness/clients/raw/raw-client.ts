import type { CookieJar } from "../cookie-jar.ts";
import type { SendPace } from "./line.ts";
import type { OutgoingFrame } from "./codec/websocket-frame.ts";

/**
 * A client that controls each byte that it sends. Each sending method resolves when all bytes are sent and, over HTTP,
 * answered. It rejects if the connection is over or the target takes nothing in. With a pace the bytes go out piece by piece;
 * later ones wait.
 */
export interface RawClient {
  /** Bytes that open the transport, for `write`, in whole or in part, after `until: "line"`. */
  readonly handshake: Buffer;
  /** Subscription ids, the oldest first. */
  readonly subscriptions: readonly string[];
  /**
   * Returns the CONNECT frame of a correct client, for `stomp`.
   * @param changes headers to add or replace; undefined leaves a header out
   * @param command STOMP is another name of CONNECT since 1.1
   */
  readonly connectFrame: (
    changes?: Readonly<Record<string, string | undefined>>,
    command?: "CONNECT" | "STOMP",
  ) => string;
  /** Sends a STOMP frame's text unchanged, in the transport's framing. */
  readonly stomp: (text: string, pace?: SendPace) => Promise<void>;
  /**
   * Sends one message of the transport unchanged. On SockJS a correct one is `["…"]`. On `native` it is the text of one
   * WebSocket message.
   */
  readonly message: (text: string, pace?: SendPace) => Promise<void>;
  /** Sends one WebSocket frame, correct or not. Rejects on HTTP transports. */
  readonly frame: (frame: OutgoingFrame, pace?: SendPace) => Promise<void>;
  /** Sends bytes without any framing, on the connection of the WebSocket or of the receiving request. */
  readonly write: (bytes: string | Uint8Array, pace?: SendPace) => Promise<void>;
  /** Stops reading, so that bytes from the target pile up. */
  readonly stopReading: () => void;
  readonly resumeReading: () => void;
  /**
   * Makes the waiting request of xhr-polling the last one. Rejects on other transports.
   * @returns true, when that request was answered or the session is over
   */
  readonly stopPolling: () => Promise<true>;
  /** Resolves when the receiving connection or request is on its way, not between two polls. */
  readonly asking: () => Promise<void>;
  /** Breaks off the receiving request of an HTTP transport, and sends no further one. Throws on a WebSocket. */
  readonly abort: () => void;
  /**
   * Opens a second connection to the same session, on the same transport. The history records its answers as messages from
   * its address, not as the session's own.
   * @returns its first answer: `opened`, `received …`, `closed 2010 Another connection …`, or `nothing` after ten seconds
   */
  readonly second: () => Promise<string>;
}

/** Deviations of a raw client from a correct one, from its start. */
export interface RawClientOptions {
  /**
   * Point up to which the client acts by itself: a connection without any bytes, an open transport, or CONNECTED, the
   * default.
   */
  readonly until?: "line" | "opened" | "connected";
  /** Session id in its address, such as another client's; random by default. */
  readonly sessionId?: string;
  /** Server ids in its addresses, one request after the other; always `000` by default. */
  readonly serverIds?: readonly string[];
  /** False for a client that sends other bytes in place of heartbeats, or none. */
  readonly beats?: boolean;
  /** Records all bytes of the STOMP stream. */
  readonly recordsBytes?: boolean;
  /** Records when bytes of any kind arrive on its receiving connection. */
  readonly recordsTraffic?: boolean;
  /** Records the STOMP frames that it sends, if they are valid. */
  readonly recordsFrames?: boolean;
  /** Takes the target's cookies. */
  readonly cookieJar?: CookieJar | undefined;
  /** Headers to add to its HTTP requests or replace in them, such as `Origin`. */
  readonly headers?: Readonly<Record<string, string>>;
}
