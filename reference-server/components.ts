import { randomUUID } from "node:crypto";
import { deadlineMs } from "./flow/core/deadlines.ts";
import { intercept } from "./flow/core/interceptor.ts";
import { step } from "./flow/core/session.ts";
import type { Hub } from "./flow/reconcile.ts";
import { LiveSession } from "./flow/live-session.ts";
import { perform } from "./flow/perform.ts";
import { openSqliteStore } from "./flow/store/sqlite-store.ts";
import { encode } from "./stomp/encode.ts";
import type { Accept, Link, LinkListener } from "./flow/link.ts";
import { originAllowed } from "./transports/origin.ts";
import { SockJsEndpoint } from "./transports/sockjs.ts";
import type { HttpEndpoint, SockJsOptions } from "./transports/sockjs.ts";
import { WebSocketEndpoint } from "./transports/websocket.ts";
import type { UpgradeEndpoint, WebSocketOptions } from "./transports/websocket.ts";

/** The parts that the server is put together from. A mutant replaces some of them. */
export const parts = {
  step,
  deadlineMs,
  intercept,
  perform,
  openStore: openSqliteStore,
  encode,
  originAllowed,
  acceptLink: (link: Link, hub: Hub): LinkListener => new LiveSession(randomUUID(), randomUUID(), link, hub),
  openSockJs: (options: SockJsOptions, accept: Accept): HttpEndpoint => new SockJsEndpoint(options, accept),
  openWebSocket: (options: WebSocketOptions, accept: Accept): UpgradeEndpoint =>
    new WebSocketEndpoint(options, accept),
};

export type Parts = typeof parts;
