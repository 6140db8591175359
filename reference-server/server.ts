import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { defaultComponents } from "./components.ts";
import type { ServerComponents } from "./components.ts";
import type { AcceptConnection } from "./flow/client-connection.ts";
import { frameLog, virtualHosts } from "./flow/core/interceptor.ts";
import type { Interceptor } from "./flow/core/interceptor.ts";
import type { CoreConfig } from "./flow/core/model.ts";
import type { ServerContext } from "./flow/live-session.ts";
import { reconcile } from "./flow/reconcile.ts";
import type { ReferenceServerOptions } from "./options.ts";
import { answerPage, clientPath } from "./pages.ts";
import { RecentEvents } from "./recent-events.ts";
import { resolveOptions } from "./resolve-options.ts";
import { isBelowPrefix, prefix, readAddress } from "./transports/address.ts";

export interface ReferenceServer {
  /** SockJS endpoint, such as `http://127.0.0.1:8080/connection`. Native WebSocket is at its `/websocket`. */
  readonly url: string;
  /** Closes every session with 1001, removes the mappings, closes the store. Takes at most twice the linger time. */
  stop(): Promise<void>;
}

/**
 * Starts the server with `options` over `defaultOptions`, and `replaced` over `defaultComponents`. Rejects if an option is
 * out of range, the address is in use, or the store cannot be opened.
 */
export async function startReferenceServer(
  options: Partial<ReferenceServerOptions> = {},
  replaced: Partial<ServerComponents> = {},
): Promise<ReferenceServer> {
  const resolved = resolveOptions(options);
  const components = { ...defaultComponents, ...replaced };
  const recent = new RecentEvents(2000);
  const context: ServerContext = {
    components,
    config: coreConfig(resolved),
    limits: resolved,
    interceptors: interceptorsOf(resolved, (id, event) => context.sessions.get(id)?.publish(event)),
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
  const server = createHttpServer(resolved, components, context, recent);
  try {
    await listen(server, resolved);
  } catch (error) {
    await context.store.close();
    throw error;
  }
  const reconciliation = setTimeout(
    () => void reconcile(context, earlierSessions, resolved.reconcile === "announce"),
    resolved.reconcileAfterMs,
  );
  return {
    url: urlOf(server) + prefix,
    stop() {
      clearTimeout(reconciliation);
      return stop(server, context, resolved.lingerMs);
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

function interceptorsOf(
  { probe, virtualHosts: hosts, interceptors }: ReferenceServerOptions,
  publish: Parameters<typeof frameLog>[0],
): readonly Interceptor[] {
  return [
    ...(probe ? [frameLog(publish)] : []),
    ...(hosts.length > 0 ? [virtualHosts(hosts)] : []),
    ...interceptors,
  ];
}

function createHttpServer(
  options: ReferenceServerOptions,
  components: ServerComponents,
  context: ServerContext,
  recent: RecentEvents,
): Server {
  const accept: AcceptConnection = (connection) => components.acceptConnection(connection, context);
  const sockJs = components.openSockJs({ ...options, clientPath }, accept);
  const webSocket = components.openWebSocket(options, accept);
  const timeouts = {
    headersTimeout: options.connectTimeoutMs,
    requestTimeout: options.connectTimeoutMs,
    connectionsCheckingInterval: Math.ceil(options.connectTimeoutMs / 10),
  };
  const server = createServer(timeouts, (request, response) => {
    if (!isBelowPrefix(request.url ?? ""))
      answerPage(request, response, context, options.probe ? recent : null);
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

async function stop(server: Server, context: ServerContext, lingerMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const stopSessions = () => {
    for (const live of context.sessions.values()) live.dispatch({ kind: "stop" });
  };
  stopSessions();
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
    // Requests that were on their way may have opened new sessions.
    stopSessions();
  }, lingerMs);
  await closed;
  clearTimeout(cutOff);
  await storeSettled(context, lingerMs);
  await context.store.close();
}

/** Waits until no store operation is in progress, for at most `timeoutMs`. */
async function storeSettled({ storeWork }: ServerContext, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  const settled = async () => {
    while (storeWork.size > 0) await Promise.all(storeWork);
  };
  await Promise.race([settled(), timeout]);
  clearTimeout(timer);
}
