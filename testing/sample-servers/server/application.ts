import type { IncomingMessage, ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import type { FrameHeaders } from "./stomp.ts";

/** Way in which a session ended: by DISCONNECT, by a close frame, or without either. */
export type SessionEnd = "disconnect" | "close" | "lost";

/** One client that has sent CONNECT, as an application sees it. */
export interface SampleSession {
  /** Session id in SockJS's address; "" on a WebSocket. */
  readonly id: string;
  /** Address of the handshake. */
  readonly url: URL;
  /** Headers of CONNECT. */
  readonly headers: FrameHeaders;
  /** Name of the client; undefined until the application sets it. */
  client: string | undefined;
  /** Id of the client's first subscription that is open; undefined without one. */
  readonly subscription: string | undefined;
  /**
   * The connection itself, for tests that break STOMP's or WebSocket's rules.
   * @throws Error where the server speaks SockJS
   */
  readonly socket: WebSocket;
  /**
   * Request that opened the WebSocket.
   * @throws Error where the server speaks SockJS
   */
  readonly handshake: IncomingMessage;
  /** Writes the body to each subscription to the destination. Rejects where the session is over. */
  readonly tell: (destination: string, body: string) => Promise<void>;
  /** Ends the session and its connection. */
  readonly drop: () => void;
}

/** Reactions of an application to its clients. An event without a reaction is ignored. */
export interface Application {
  /** Answers a POST, whose body was a JSON object or empty; undefined for an unknown path. */
  readonly post?: (path: string, body: FrameHeaders) => object | undefined;
  /** Returns false to refuse a CONNECT with these headers by an ERROR. */
  readonly admits?: (headers: FrameHeaders) => boolean;
  /** Answers each HTTP request instead of `post`. */
  readonly http?: (request: IncomingMessage, body: string, response: ServerResponse) => void;
  readonly connect?: (session: SampleSession) => void;
  readonly subscribe?: (session: SampleSession, headers: FrameHeaders) => void;
  readonly send?: (session: SampleSession, destination: string, body: string) => void;
  /** Called once for each session that had connected. */
  readonly end?: (session: SampleSession, how: SessionEnd) => void;
}

/** Means of an application to reach its clients. */
export interface Broker {
  /** Sessions that have connected and not ended. */
  readonly sessions: ReadonlySet<SampleSession>;
  /** Sends a body to every subscriber of the destination, as JSON unless the body is text. */
  readonly tell: (destination: string, body: unknown) => void;
}

export type MakeApplication = (broker: Broker) => Application;
