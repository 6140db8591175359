import type { IncomingMessage } from "node:http";

export type Headers = Readonly<Record<string, string>>;

/** How a session came to its end: by DISCONNECT, by a close that somebody said, or by neither. */
export type End = "disconnect" | "close" | "lost";

/** One client that has connected, as an application sees it. */
export interface Session {
  /** The session id in SockJS's address; "" on a WebSocket. */
  readonly id: string;
  /** Of the handshake. */
  readonly url: URL;
  /** The handshake's `Cookie`; "" where there was none. */
  readonly cookie: string;
  /** Of CONNECT. */
  readonly headers: Headers;
  /** Who it is, by the application's own reckoning. */
  user: string | undefined;
  /** Writes the body to each subscription to the destination. Fails where the session is over. */
  readonly tell: (destination: string, body: string) => Promise<void>;
  /** Gives it up, and ends its connection. */
  readonly drop: () => void;
}

/** What an application does with what its clients do; what is left out it does not mind. */
export interface Application {
  /** Answers a POST, which came with a JSON object or nothing; undefined for a path that it does not know. */
  readonly post?: (path: string, body: Headers) => object | undefined;
  /** Whether a WebSocket's handshake is let in. */
  readonly admits?: (request: IncomingMessage) => boolean;
  readonly connect?: (session: Session) => void;
  readonly subscribe?: (session: Session, headers: Headers) => void;
  readonly send?: (session: Session, destination: string, body: string) => void;
  /** Comes once for each session that had connected, whatever ended it. */
  readonly end?: (session: Session, how: End) => void;
}

/** What an application can do to its clients. */
export interface Broker {
  /** Those who are connected. */
  readonly sessions: ReadonlySet<Session>;
  /** Sends a body, as JSON unless it is text, to whoever is subscribed to the destination. */
  readonly tell: (destination: string, body: unknown) => void;
}

export type MakeApplication = (broker: Broker) => Application;
