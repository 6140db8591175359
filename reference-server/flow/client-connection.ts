import type { Cause } from "./core/events.ts";

/** One open connection to a client, over any transport. */
export interface ClientConnection {
  /** `websocket`, `websocket-raw`, or the SockJS name of an HTTP transport. */
  readonly transport: string;
  /**
   * Session id in the transport's address; null for native WebSocket. The client chose the id and others may know it, so
   * it identifies nobody.
   */
  readonly sessionId: string | null;
  send(text: string): void;
  /** Starts the closing handshake. Cuts the connection off if the client does not answer within the linger time. */
  close(code: number, reason: string): void;
  /** Returns how many sent bytes still wait in this process. */
  backlogBytes(): number;
}

/** Receives the events of a connection. Only the first `ended` counts. */
export interface ConnectionListener {
  received(chunk: string | Buffer): void;
  /** Reports that the client violated the transport's own framing. */
  broken(message: string, closeCode: 1002 | 1009): void;
  ended(cause: Cause, detail: string): void;
}

/** Accepts a new connection and returns the listener for its events. */
export type AcceptConnection = (connection: ClientConnection) => ConnectionListener;
