import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AcceptConnection, ClientConnection, ConnectionListener } from "./flow/client-connection.ts";
import { deadlineMs } from "./flow/core/deadlines.ts";
import { intercept } from "./flow/core/interceptor.ts";
import { step } from "./flow/core/session.ts";
import { LiveSession } from "./flow/live-session.ts";
import type { ServerContext, SessionComponents } from "./flow/live-session.ts";
import { perform } from "./flow/perform.ts";
import type { MappingStore } from "./flow/store/mapping-store.ts";
import { openSqliteStore } from "./flow/store/sqlite-store.ts";
import { encode } from "./stomp/encode.ts";
import { originAllowed } from "./transports/origin.ts";
import { SockJsEndpoint } from "./transports/sockjs.ts";
import type { HttpEndpoint, SockJsOptions } from "./transports/sockjs.ts";
import { WebSocketEndpoint } from "./transports/websocket.ts";
import type { UpgradeEndpoint, WebSocketOptions } from "./transports/websocket.ts";

/** Functions that the server is built from. `startReferenceServer` takes replacements for any of them. */
export interface ServerComponents extends SessionComponents {
  readonly openStore: (path: string) => MappingStore;
  readonly originAllowed: (request: IncomingMessage, allowed: readonly string[]) => boolean;
  readonly acceptConnection: (connection: ClientConnection, context: ServerContext) => ConnectionListener;
  readonly openSockJs: (options: SockJsOptions, accept: AcceptConnection) => HttpEndpoint;
  readonly openWebSocket: (options: WebSocketOptions, accept: AcceptConnection) => UpgradeEndpoint;
}

export const defaultComponents: ServerComponents = {
  step,
  deadlineMs,
  intercept,
  encode,
  perform,
  openStore: openSqliteStore,
  originAllowed,
  acceptConnection: (connection, context) => new LiveSession(randomUUID(), randomUUID(), connection, context),
  openSockJs: (options, accept) => new SockJsEndpoint(options, accept),
  openWebSocket: (options, accept) => new WebSocketEndpoint(options, accept),
};
