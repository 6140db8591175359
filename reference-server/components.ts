import { randomUUID } from "node:crypto";
import { deadlineMs } from "./flow/core/deadlines.ts";
import { intercept } from "./flow/core/interceptor.ts";
import { step } from "./flow/core/session.ts";
import type { ServerContext } from "./flow/reconcile.ts";
import { LiveSession } from "./flow/live-session.ts";
import { perform } from "./flow/perform.ts";
import { openSqliteStore } from "./flow/store/sqlite-store.ts";
import { encode } from "./stomp/encode.ts";
import type { AcceptConnection, ClientConnection, ConnectionListener } from "./flow/client-connection.ts";
import { originAllowed } from "./transports/origin.ts";
import { SockJsEndpoint } from "./transports/sockjs.ts";
import type { HttpEndpoint, SockJsOptions } from "./transports/sockjs.ts";
import { WebSocketEndpoint } from "./transports/websocket.ts";
import type { UpgradeEndpoint, WebSocketOptions } from "./transports/websocket.ts";

/** The components that the server is put together from. A mutant replaces some of them. */
export const components = {
  step,
  deadlineMs,
  intercept,
  perform,
  openStore: openSqliteStore,
  encode,
  originAllowed,
  acceptConnection: (connection: ClientConnection, context: ServerContext): ConnectionListener =>
    new LiveSession(randomUUID(), randomUUID(), connection, context),
  openSockJs: (options: SockJsOptions, accept: AcceptConnection): HttpEndpoint =>
    new SockJsEndpoint(options, accept),
  openWebSocket: (options: WebSocketOptions, accept: AcceptConnection): UpgradeEndpoint =>
    new WebSocketEndpoint(options, accept),
};

export type ServerComponents = typeof components;
