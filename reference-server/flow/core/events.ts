import type { Heartbeats } from "./heartbeats.ts";
import type { Frame, Version } from "../../stomp/frame.ts";

/**
 * Reason why a session ended.
 * - `disconnect`: the client sent DISCONNECT
 * - `closed`: the client sent a WebSocket close frame
 * - `lost`: the connection ended without a closing handshake (FIN, RST, an aborted stream)
 * - `silence`: no heartbeat, pong or poll arrived in time
 * - `slow`: the client reads too slowly, or not at all
 * - `error`: the client violated the protocol, or an interceptor refused it
 * - `server-stop`: this server was stopped
 * - `restart`: an earlier run of this server was killed and left the session in the store
 * - `renamed`: the session continues under other client data (policy `person` only)
 */
export type Cause =
  "disconnect" | "closed" | "lost" | "silence" | "slow" | "error" | "server-stop" | "restart" | "renamed";

type LoggableHeaders = Readonly<Record<string, string>>;

/** Headers with credentials, which must not appear in logs. */
const secretHeaders: readonly string[] = ["passcode", "authorization"];

/** Returns the frame's headers without credentials. */
export const loggableHeaders = ({ headers }: Frame): LoggableHeaders =>
  Object.fromEntries([...headers].filter(([name]) => !secretHeaders.includes(name.toLowerCase())));

/** Event in the life of a session. The names follow Spring's application events. */
export type SessionEvent =
  | { readonly name: "frame-seen"; readonly command: string; readonly headers: LoggableHeaders }
  | { readonly name: "session-connect"; readonly headers: LoggableHeaders }
  | { readonly name: "session-connected"; readonly version: Version; readonly heartbeats: Heartbeats }
  | { readonly name: "session-subscribe"; readonly subscription: string; readonly destination: string }
  | { readonly name: "session-unsubscribe"; readonly subscription: string }
  | { readonly name: "session-identified"; readonly ref: string; readonly claimedSessionId: string | null }
  | { readonly name: "identify-refused"; readonly reason: string }
  | { readonly name: "store-failed"; readonly reason: string }
  | { readonly name: "session-disconnect"; readonly cause: Cause; readonly detail: string }
  /** The server removed a mapping of an earlier run. */
  | { readonly name: "session-reconciled"; readonly ref: string };

/** Line of the log: a session event with its time and session. */
export type LogRecord = SessionEvent & {
  /** Time in ISO 8601, UTC. */
  readonly at: string;
  /** The server's own session id. */
  readonly session: string;
  /** Transport of the session, and the session id in its address. Both are null for a session of an earlier run. */
  readonly transport: string | null;
  readonly transportSessionId: string | null;
};
