import type { OutgoingFrame } from "./codec/websocket-frame.ts";
import type { SendPace } from "./line.ts";
import type { RawClient } from "./raw-client.ts";

/** Address and headers with which a link opens. */
export interface LinkAddress {
  /** Path and query for a SockJS transport's name; on `native`, path and query of the WebSocket. */
  readonly path: (transport: string) => string;
  /** Headers for every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Listener of a link. `closed` is the last call. */
export interface LinkListener {
  /** Called when the transport is open, so that messages can be sent. */
  readonly opened: () => void;
  /** Called for a SockJS frame before the session is open that does not close it. */
  readonly early: (frame: string) => void;
  /** Called for bytes of the STOMP stream. */
  readonly received: (bytes: Buffer) => void;
  /** Called after any bytes of the target on the receiving connection, also those of pings and SockJS heartbeats. */
  readonly heard: () => unknown;
  /**
   * @param code close code of a WebSocket or SockJS, or status of a refusing HTTP answer; null if the client gave up for
   *   `reason`
   */
  readonly closed: (code: number | null, reason: string) => void;
}

/** Methods that a raw client delegates to its link unchanged. */
type Shared = Pick<
  RawClient,
  "handshake" | "write" | "stopReading" | "resumeReading" | "stopPolling" | "asking" | "abort"
>;

/** One session on one transport. Each method that sends rejects if the transport is over. */
export interface TransportLink extends Shared {
  /** Connects and, if wanted, sends the handshake. */
  readonly open: (sendHandshake: boolean) => Promise<void>;
  /** Sends STOMP text, in the transport's own framing. */
  readonly send: (text: string, pace?: SendPace) => Promise<void>;
  /** Sends one message unchanged. On SockJS a correct one is `["…"]`. */
  readonly sendMessage: (text: string, pace?: SendPace) => Promise<void>;
  /** Sends one frame. Rejects on HTTP transports. */
  readonly sendFrame: (frame: OutgoingFrame, pace?: SendPace) => Promise<void>;
  /** Closes in order, if the transport has an orderly close. */
  readonly close: () => void;
  /** Frees everything at once, without calling the listener. */
  readonly destroy: () => void;
}
