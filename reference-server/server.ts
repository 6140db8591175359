import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { frameLog, virtualHosts } from "./flow/core/interceptor.ts";
import type { CoreConfig } from "./flow/core/model.ts";
import { reconcile, storeSettled } from "./flow/reconcile.ts";
import type { ServerContext } from "./flow/reconcile.ts";
import { RecentEvents } from "./recent-events.ts";
import type { Mutant } from "../mutants/support/mutant.ts";
import { resolveOptions } from "./options.ts";
import type { ReferenceServerOptions } from "./options.ts";
import { answerPage, clientPath } from "./pages.ts";
import { components as soundParts } from "./components.ts";
import { isBelowPrefix, prefix, readAddress } from "./transports/address.ts";
import type { AcceptConnection } from "./flow/client-connection.ts";

export interface ReferenceServer {
  /** The SockJS endpoint, such as `http://127.0.0.1:8080/connection`. Native WebSocket is at its `/websocket`. */
  readonly url: string;
  /** Says 1001 to every client, removes their mappings, closes the store. Takes twice the linger time at most. */
  stop(): Promise<void>;
}

/**
 * Starts the server. What `options` leaves out is as in `defaultOptions`; a `mutant` breaks it, and may bring options of
 * its own. Rejects if an option is out of range, the address is taken, or the store can't be opened.
 */
export async function startReferenceServer(
  options: Partial<ReferenceServerOptions> = {},
  mutant?: Mutant,
): Promise<ReferenceServer> {
  const resolved = resolveOptions({ ...options, ...mutant?.options });
  const components = { ...soundParts, ...mutant?.mutate(soundParts) };
  const recent = new RecentEvents(2000);
  const context: ServerContext = {
    components,
    options: resolved,
    interceptors: [
      ...(resolved.probe ? [frameLog((id, event) => context.sessions.get(id)?.publish(event))] : []),
      ...(resolved.virtualHosts.length > 0 ? [virtualHosts(resolved.virtualHosts)] : []),
      ...resolved.interceptors,
    ],
    config: coreConfig(resolved),
    store: components.openStore(resolved.store),
    sessions: new Map(),
    storeWork: new Set(),
    nowMs: () => performance.now(),
    log(record) {
      recent.add(record);
      resolved.log(record);
    },
  };
  const earlierSessions = await context.store.earlierSessions();
  const server = createHttpServer(context, recent);
  try {
    await listen(server, resolved);
  } catch (error) {
    await context.store.close();
    throw error;
  }
  const reconciliation = setTimeout(
    () => void reconcile(context, earlierSessions),
    resolved.reconcileAfterMs,
  );
  return {
    url: urlOf(server) + prefix,
    stop() {
      clearTimeout(reconciliation);
      return stop(server, context);
    },
  };
}

function coreConfig(options: ReferenceServerOptions): CoreConfig {
  return {
    ...options,
    heartbeats: { fromClientMs: options.heartbeatReceiveMs, toClientMs: options.heartbeatSendMs },
    refOfPerson: (person) => createHash("sha256").update(person).digest("base64url").slice(0, 22),
  };
}

function createHttpServer(context: ServerContext, recent: RecentEvents): Server {
  const { options, components } = context;
  const accept: AcceptConnection = (connection) => components.acceptConnection(connection, context);
  const sockJs = components.openSockJs({ ...options, clientPath }, accept);
  const webSocket = components.openWebSocket(options, accept);
  const timeouts = {
    headersTimeout: options.connectTimeoutMs,
    requestTimeout: options.connectTimeoutMs,
    connectionsCheckingInterval: Math.ceil(options.connectTimeoutMs / 10),
  };
  const server = createServer(timeouts, (request, response) => {
    if (!isBelowPrefix(request.url ?? "")) answerPage(request, response, context, recent);
    else if (components.originAllowed(request, options.origins)) sockJs.handle(request, response);
    else response.writeHead(403).end("This origin may not connect. Name it in `origins`.\n");
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const address = readAddress(request.url ?? "");
    if (!components.originAllowed(request, options.origins)) refuseUpgrade(socket, "403 Forbidden");
    else if (address?.kind === "native-websocket") webSocket.upgrade(request, socket, head, null);
    else if (address?.kind === "session" && address.transport === "websocket") {
      webSocket.upgrade(request, socket, head, address.sessionId);
    } else refuseUpgrade(socket, "404 Not Found");
  });
  return server;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.once("error", () => socket.destroy()).once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, { port, host }: ReferenceServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function stop(server: Server, context: ServerContext): Promise<void> {
  const { lingerMs } = context.options;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const stopSessions = () => {
    for (const live of context.sessions.values()) live.dispatch({ kind: "stop" });
  };
  stopSessions();
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
    stopSessions(); // of requests that were on their way
  }, lingerMs);
  await closed;
  clearTimeout(cutOff);
  await storeSettled(context, lingerMs);
  await context.store.close();
}
