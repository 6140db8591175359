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

/** Longer than any run: what waits for it never happens. */
export const never = 86_400_000;

/** The listener, which does some things in its own way. */
function withOverrides(listener: ConnectionListener, own: Partial<ConnectionListener>): ConnectionListener {
  return {
    received: (chunk) => listener.received(chunk),
    broken: (message, closeCode) => listener.broken(message, closeCode),
    ended: (cause, detail) => listener.ended(cause, detail),
    ...own,
  };
}

/** Sessions that hear some of what their connection tells in their own way. */
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

/** The end of a connection, as it is told; and the session, unless that is over. */
interface End {
  readonly cause: Cause;
  readonly detail: string;
  readonly connection: ClientConnection;
  readonly session: Session | undefined;
}

/** Sessions that never learn of some ends of their connection, nor of what comes after those. */
export function ignoreConnectionEnds(
  original: ServerComponents,
  isMissed: (end: End) => boolean,
): Partial<ServerComponents> {
  return rewriteListener(original, (listener, connection, context) => {
    let missed = false;
    return {
      ended(cause, detail) {
        const live = [...context.sessions.values()].find((one) => one.connection === connection);
        missed ||= isMissed({ cause, detail, connection, session: live?.session });
        if (!missed) listener.ended(cause, detail);
      },
    };
  });
}

/** Over WebSocket, a session that knows its TCP socket. */
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
          upgraded = socket; // The connection is accepted within this call.
          endpoint.upgrade(request, socket, ...rest);
        },
      };
    },
  };
}

/** Does something with the answers to SockJS's HTTP requests. `listener` is there once the session has opened. */
export function observeResponses(
  original: ServerComponents,
  rewrite: (
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
            rewrite(address, response, () => listeners.get(address.sessionId), options);
          }
          endpoint.handle(request, response);
        },
      };
    },
  };
}

/** Gives every request to the SockJS endpoint, of each kind, another address; null answers 404. */
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
