import { createRequire } from "node:module";
import { sockJsTransports, traitsOf, type SockJsTransport } from "../../harness/profile/transports.ts";

// The library's own way to join addresses.
const { addPath } = createRequire(import.meta.url)("sockjs-client/lib/utils/url.js") as {
  readonly addPath: (url: string, path: string) => string;
};

/** Fields of a sockjs-client 1.6 socket that a page can read its session id from, as plain data. */
export interface PageSocket {
  readonly url: string;
  readonly transport?: string;
  readonly _server: string;
  readonly _transUrl: string;
  readonly _transport?: {
    readonly transportName: string;
    readonly url?: string;
    readonly transUrl?: string;
  } | null;
}

/** An open socket, and the session id in its address. */
export interface OpenSocket {
  readonly transport: SockJsTransport;
  readonly socket: PageSocket;
  readonly sessionId: string;
  /** False for an endpoint that the target does not have now: below a context path, or with another query. */
  readonly isOwn: boolean;
}

const server = "039";
const sessionId = "ab3dw0rd";

/** Stands for the query that a page gives to SockJS. Its value holds slashes, and no secret. */
const query = "?access_token=a/b/websocket/c";

/**
 * Returns the sockets that a page has once its connection is open, on each SockJS transport: at the endpoint, and at the
 * same endpoint below a context path and with or without a query.
 */
export function openSockets(endpoint: URL): OpenSocket[] {
  const origin = httpOrigin(endpoint);
  const path = endpoint.pathname.replace(/\/+$/, "");
  const [own, other] = endpoint.search === "" ? ["", query] : [query, ""];
  const urls = [`${origin}${path}${own}`, `${origin}/app/v1${path}${own}`, `${origin}${path}${other}`];
  return urls.flatMap((url, index) =>
    sockJsTransports.map((transport) => ({
      transport,
      sessionId,
      isOwn: index === 0,
      socket: socketAt(url, transport),
    })),
  );
}

/** Returns a socket before `onopen` and one after `close()`. */
export function unopenedSockets(endpoint: URL): PageSocket[] {
  const url = `${httpOrigin(endpoint)}${endpoint.pathname}`;
  const socket = { url, _server: server, _transUrl: url };
  return [socket, { ...socket, _transport: null }];
}

function socketAt(url: string, transport: SockJsTransport): PageSocket {
  const transUrl = addPath(url, `/${server}/${sessionId}`);
  return {
    url,
    transport,
    _server: server,
    _transUrl: url,
    _transport: { transportName: transport, ...addressOn(transport, transUrl) },
  };
}

function addressOn(transport: SockJsTransport, transUrl: string): { url?: string; transUrl?: string } {
  if (traitsOf(transport)?.iframeOf !== undefined) return { transUrl };
  const isWebSocket = traitsOf(transport)?.carrier === "websocket";
  return { url: isWebSocket ? addPath(transUrl, "/websocket").replace(/^http/, "ws") : transUrl };
}

const httpOrigin = ({ protocol, host }: URL): string => `${protocol.replace(/^ws/, "http")}//${host}`;
