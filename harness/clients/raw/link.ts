import type { OutgoingFrame } from "./websocket-frame.ts";
import type { Pace } from "./line.ts";
import type { Speaker } from "./raw-client.ts";

/** Where and how a link opens. */
export interface LinkAddress {
  /** Path and query of the SockJS session, up to where the transport's name goes; of the WebSocket itself where native. */
  readonly path: (transport: string) => string;
  /** Headers for every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a link tells. After `closed` nothing more comes. */
export interface LinkListener {
  /** The transport is open: messages can be sent. */
  readonly opened: () => void;
  /** A SockJS frame that came before the session was open, and does not close it. */
  readonly early: (frame: string) => void;
  /** Bytes of the STOMP stream. */
  readonly received: (bytes: Buffer) => void;
  /**
   * @param code a WebSocket's or SockJS's close code; the status of an HTTP answer that refused; null where the link
   *   was given up for what `reason` tells
   */
  readonly closed: (code: number | null, reason: string) => void;
}

/** What a speaker hands on to its link as it is. */
type Shared = Pick<
  Speaker,
  "handshake" | "write" | "stopReading" | "resumeReading" | "stopPolling" | "asking" | "abort"
>;

/** One session on one transport. Each method that sends rejects if the transport is over. */
export interface Link extends Shared {
  /** Connects, and sends the handshake unless told not to. */
  readonly open: (sendHandshake: boolean) => Promise<void>;
  /** STOMP text, in the transport's own framing. */
  readonly send: (text: string, pace?: Pace) => Promise<void>;
  /** One message exactly as it is: on SockJS `["…"]` would be right. */
  readonly sendMessage: (text: string, pace?: Pace) => Promise<void>;
  /** Only on a WebSocket. */
  readonly sendFrame: (frame: OutgoingFrame, pace?: Pace) => Promise<void>;
  /** Closes in order, as far as the transport has one. */
  readonly close: () => void;
  /** Frees everything at once. Nothing is told. */
  readonly destroy: () => void;
}
