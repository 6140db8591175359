import { decodeSockJs } from "../../harness/clients/raw/codec/sockjs-frame.ts";

/** Callbacks of a wire. None follows `closed`. */
export interface WireListener {
  readonly opened: () => void;
  /** Piece of the STOMP stream. */
  readonly text: (text: string) => void;
  /** Transport's own heartbeat: SockJS's `h`, or a WebSocket ping in its place. */
  readonly beat: (as: "h" | "ping") => void;
  /** @param code a close code, or the HTTP status of a rejection; null for neither */
  readonly closed: (code: number | null, reason: string) => void;
}

/** Time limit for the last messages and the server's close frame, in milliseconds. */
export const endLimitMs = 500;

/** Session on one transport. */
export interface Wire {
  /** Sends STOMP text in the transport's framing. A failure ends the wire. */
  readonly send: (text: string) => void;
  /** Closes the session as far as the transport can, and frees everything within a second. No callback follows. */
  readonly end: () => Promise<void>;
}

/**
 * Passes the content of one SockJS frame to the listener.
 * @throws Error that quotes an invalid frame
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
