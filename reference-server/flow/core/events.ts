import type { Heartbeats } from "./heartbeats.ts";
import type { Frame, Version } from "../../stomp/frame.ts";

/**
 * Why a session ended.
 * - `disconnect` the client sent DISCONNECT
 * - `closed` the client closed its WebSocket with a close frame
 * - `lost` the connection ended without a goodbye: FIN, RST, an aborted stream
 * - `silence` nothing was heard in time: no heartbeat, no pong, no further poll
 * - `slow` the client reads too slowly, or not at all
 * - `error` the client broke the protocol or was refused
 * - `server-stop` this server was stopped
 * - `restart` an earlier run of this server was killed; its sessions were found in the store
 * - `renamed` the session lives on under other client data (only where a person leaves with the last session)
 */
export type Cause =
  "disconnect" | "closed" | "lost" | "silence" | "slow" | "error" | "server-stop" | "restart" | "renamed";

type LoggableHeaders = Readonly<Record<string, string>>;

/** Credentials have no place in events, which end in logs. */
const secretHeaders: readonly string[] = ["passcode", "authorization"];

/** A frame's headers, as events may have them. */
export const loggableHeaders = ({ headers }: Frame): LoggableHeaders =>
  Object.fromEntries([...headers].filter(([name]) => !secretHeaders.includes(name.toLowerCase())));

/** What listeners and the log learn of a session's life, named as Spring names its own. */
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
  /** A mapping of an earlier run of the server was removed. */
  | { readonly name: "session-reconciled"; readonly ref: string };
