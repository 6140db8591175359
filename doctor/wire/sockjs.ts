import { decodeSockJs } from "../../harness/clients/raw/sockjs-frame.ts";

/** What a wire tells. After `closed` nothing more comes. */
export interface WireListener {
  readonly opened: () => void;
  /** A piece of the STOMP stream. */
  readonly text: (text: string) => void;
  /** The transport's own heartbeat: SockJS's `h`, or in its place a WebSocket ping. */
  readonly beat: (as: "h" | "ping") => void;
  /** @param code a close code, or the status of an answer that refused; null where neither came */
  readonly closed: (code: number | null, reason: string) => void;
}

/** How long what was sent last, and a server's answer to a close frame, may take at the end, in milliseconds. */
export const endLimitMs = 500;

/** One session on one transport. */
export interface Wire {
  /** Sends STOMP text in the transport's framing. What can't be sent ends the wire. */
  readonly send: (text: string) => void;
  /** Ends it in order, as far as the transport can, and frees everything, within a second. Nothing more is told. */
  readonly end: () => Promise<void>;
}

/**
 * Hands on what one SockJS frame says.
 * @throws Error that quotes what is no frame
 */
export function readSockJs(text: string, listener: WireListener): void {
  if (text === "") return;
  const frame = decodeSockJs(text);
  switch (frame.kind) {
    case "open":
      return listener.opened();
    case "heartbeat":
      return listener.beat("h");
    case "messages":
      for (const message of frame.messages) listener.text(message);
      return;
    case "close":
      return listener.closed(frame.code, frame.reason);
  }
}
