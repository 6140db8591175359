import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Cause } from "../../reference-server/flow/core/events.ts";
import type { Session } from "../../reference-server/flow/core/model.ts";
import type { Hub } from "../../reference-server/flow/reconcile.ts";
import type { Parts } from "../../reference-server/components.ts";
import { readAddress } from "../../reference-server/transports/address.ts";
import type { Address } from "../../reference-server/transports/address.ts";
import type { Link, LinkListener } from "../../reference-server/flow/link.ts";
import type { SockJsOptions } from "../../reference-server/transports/sockjs.ts";

/** Longer than any run: what waits for it never happens. */
export const never = 86_400_000;

/** The listener, which does some things in its own way. */
function inPart(listener: LinkListener, own: Partial<LinkListener>): LinkListener {
  return {
    received: (chunk) => listener.received(chunk),
    broken: (message, closeCode) => listener.broken(message, closeCode),
    gone: (cause, detail) => listener.gone(cause, detail),
    ...own,
  };
}

/** Sessions that hear some of what their link tells in their own way. */
export function rewriteListener(
  sound: Parts,
  rewrite: (listener: LinkListener, link: Link, hub: Hub) => Partial<LinkListener>,
): Partial<Parts> {
  return {
    acceptLink(link, hub) {
      const listener = sound.acceptLink(link, hub);
      return inPart(listener, rewrite(listener, link, hub));
    },
  };
}

/** The end of a link, as it is told; and the session, unless that is over. */
interface End {
  readonly cause: Cause;
  readonly detail: string;
  readonly link: Link;
  readonly session: Session | undefined;
}

/** Sessions that never learn of some ends of their link, nor of what comes after those. */
export function missEnds(sound: Parts, isMissed: (end: End) => boolean): Partial<Parts> {
  return rewriteListener(sound, (listener, link, hub) => {
    let missed = false;
    return {
      gone(cause, detail) {
        const live = [...hub.sessions.values()].find((one) => one.link === link);
        missed ||= isMissed({ cause, detail, link, session: live?.session });
        if (!missed) listener.gone(cause, detail);
      },
    };
  });
}

/** Over WebSocket, a session that knows its TCP socket. */
export function rewriteSocketListener(
  sound: Parts,
  rewrite: (listener: LinkListener, socket: Duplex) => Partial<LinkListener>,
): Partial<Parts> {
  return {
    openWebSocket(options, accept) {
      let upgraded: Duplex | undefined;
      const endpoint = sound.openWebSocket(options, (link) => {
        const listener = accept(link);
        return upgraded === undefined ? listener : inPart(listener, rewrite(listener, upgraded));
      });
      return {
        upgrade(request, socket, ...rest) {
          upgraded = socket; // The link is accepted within this call.
          endpoint.upgrade(request, socket, ...rest);
        },
      };
    },
  };
}

/** Does something with the answers to SockJS's HTTP requests. `listener` is there once the session has opened. */
export function rewriteAnswers(
  sound: Parts,
  rewrite: (
    address: Extract<Address, { kind: "session" }>,
    response: ServerResponse,
    listener: () => LinkListener | undefined,
    options: SockJsOptions,
  ) => void,
): Partial<Parts> {
  return {
    openSockJs(options, accept) {
      const listeners = new Map<string | null, LinkListener>();
      const endpoint = sound.openSockJs(options, (link) => {
        const listener = accept(link);
        listeners.set(link.sessionId, listener);
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
export function readdress(
  sound: Parts,
  rewrite: (request: IncomingMessage) => string | null,
): Partial<Parts> {
  return {
    openSockJs(...given) {
      const endpoint = sound.openSockJs(...given);
      return {
        handle(request, response) {
          const url = rewrite(request);
          if (url === null) response.writeHead(404).end();
          else endpoint.handle(Object.assign(request, { url }), response);
        },
      };
    },
    openWebSocket(...given) {
      const endpoint = sound.openWebSocket(...given);
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
