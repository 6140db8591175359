import type { Cause } from "./core/events.ts";

/** One open connection to a client, whatever carries it. */
export interface ClientConnection {
  /** `websocket`, `websocket-raw`, or the SockJS name of an HTTP transport. */
  readonly transport: string;
  /** The session id in the transport's address, which the client picked; null where there is none. Others may know it. */
  readonly sessionId: string | null;
  send(text: string): void;
  /** Says goodbye, and cuts the connection off if the other end doesn't answer within the linger time. */
  close(code: number, reason: string): void;
  /** What was sent and still waits in this process. */
  backlogBytes(): number;
}

/** What a connection tells. Of several `gone` the first counts. */
export interface ConnectionListener {
  received(chunk: string | Buffer): void;
  /** The client broke the transport's own framing. */
  broken(message: string, closeCode: 1002 | 1009): void;
  gone(cause: Cause, detail: string): void;
}

/** Takes a new connection in. */
export type AcceptConnection = (connection: ClientConnection) => ConnectionListener;
