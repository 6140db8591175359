import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Cause } from "../../reference-server/flow/core/events.ts";
import type { Session } from "../../reference-server/flow/core/model.ts";
import type { ServerContext } from "../../reference-server/flow/live-session.ts";
import type { ServerComponents } from "../../reference-server/components.ts";
import { readAddress } from "../../reference-server/transports/address.ts";
import type { Address } from "../../reference-server/transports/address.ts";
import type { ClientConnection, ConnectionListener } from "../../reference-server/flow/client-connection.ts";
import type { SockJsOptions } from "../../reference-server/transports/sockjs.ts";

/** Longer than any run, in milliseconds. */
export const never = 86_400_000;

/** Returns a listener that calls `own` where defined, and `listener` otherwise. */
function withOverrides(listener: ConnectionListener, own: Partial<ConnectionListener>): ConnectionListener {
  return {
    received: (chunk) => listener.received(chunk),
    broken: (message, closeCode) => listener.broken(message, closeCode),
    ended: (cause, detail) => listener.ended(cause, detail),
    ...own,
  };
}

/** Overrides some listener methods of every session. */
export function rewriteListener(
  original: ServerComponents,
  rewrite: (
    listener: ConnectionListener,
    connection: ClientConnection,
    context: ServerContext,
  ) => Partial<ConnectionListener>,
): Partial<ServerComponents> {
  return {
    acceptConnection(connection, context) {
      const listener = original.acceptConnection(connection, context);
      return withOverrides(listener, rewrite(listener, connection, context));
    },
  };
}

/** End of a connection. `session` is undefined if the session is already over. */
interface ConnectionEnd {
  readonly cause: Cause;
  readonly detail: string;
  readonly connection: ClientConnection;
  readonly session: Session | undefined;
}

/** Hides some ends of connections, and everything after them, from the sessions. */
export function ignoreConnectionEnds(
  original: ServerComponents,
  isIgnored: (end: ConnectionEnd) => boolean,
): Partial<ServerComponents> {
  return rewriteListener(original, (listener, connection, context) => {
    let hasEnded = false;
    return {
      ended(cause, detail) {
        const live = [...context.sessions.values()].find((one) => one.connection === connection);
        hasEnded ||= isIgnored({ cause, detail, connection, session: live?.session });
        if (!hasEnded) listener.ended(cause, detail);
      },
    };
  });
}

/** Overrides listener methods of WebSocket sessions, with access to the TCP socket. */
export function rewriteSocketListener(
  original: ServerComponents,
  rewrite: (listener: ConnectionListener, socket: Duplex) => Partial<ConnectionListener>,
): Partial<ServerComponents> {
  return {
    openWebSocket(options, accept) {
      let upgraded: Duplex | undefined;
      const endpoint = original.openWebSocket(options, (connection) => {
        const listener = accept(connection);
        return upgraded === undefined ? listener : withOverrides(listener, rewrite(listener, upgraded));
      });
      return {
        upgrade(request, socket, ...rest) {
          upgraded = socket; // The endpoint accepts the connection within this call.
          endpoint.upgrade(request, socket, ...rest);
        },
      };
    },
  };
}

/** Calls `observe` for each SockJS HTTP response. `listener` returns undefined until the session is open. */
export function observeResponses(
  original: ServerComponents,
  observe: (
    address: Extract<Address, { kind: "session" }>,
    response: ServerResponse,
    listener: () => ConnectionListener | undefined,
    options: SockJsOptions,
  ) => void,
): Partial<ServerComponents> {
  return {
    openSockJs(options, accept) {
      const listeners = new Map<string | null, ConnectionListener>();
      const endpoint = original.openSockJs(options, (connection) => {
        const listener = accept(connection);
        listeners.set(connection.sessionId, listener);
        return listener;
      });
      return {
        handle(request, response) {
          const address = readAddress(request.url ?? "");
          if (address?.kind === "session") {
            observe(address, response, () => listeners.get(address.sessionId), options);
          }
          endpoint.handle(request, response);
        },
      };
    },
  };
}

/** Changes the URL of every SockJS request and upgrade; null answers 404. */
export function rewriteUrls(
  original: ServerComponents,
  rewrite: (request: IncomingMessage) => string | null,
): Partial<ServerComponents> {
  return {
    openSockJs(...given) {
      const endpoint = original.openSockJs(...given);
      return {
        handle(request, response) {
          const url = rewrite(request);
          if (url === null) response.writeHead(404).end();
          else endpoint.handle(Object.assign(request, { url }), response);
        },
      };
    },
    openWebSocket(...given) {
      const endpoint = original.openWebSocket(...given);
      return {
        upgrade(request, socket, ...rest) {
          const url = rewrite(request);
          if (url === null) socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
          else endpoint.upgrade(Object.assign(request, { url }), socket, ...rest);
        },
      };
    },
  };
}
