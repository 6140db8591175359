/**
 * @typedef {object} SockJSSocket The parts of a sockjs-client 1.6 socket that hold its address. They are private to the
 *   library, and yet the only way for a page to its session id.
 * @property {string} [url] the endpoint
 * @property {string} [_transUrl] the endpoint that the server's info answer gave instead, if it gave one
 * @property {string} [_server] the SockJS "server id", noise for load balancers
 * @property {{ url?: string, transUrl?: string } | null} [_transport]
 */

/**
 * The session id that SockJS put into its transport's address: `{endpoint}/{server}/{session}`, with `/websocket`
 * behind it on that transport alone. It is found by taking the known parts away, never by counting slashes: endpoints
 * have context paths, and names that contain `websocket`.
 *
 * @param {SockJSSocket | null | undefined} socket
 * @returns {string | null} null while no transport is open: before `onopen`, and from `close()` on (so also in `onclose`)
 */
export function extractSessionId(socket) {
  // The iframe transports keep their address in `transUrl`.
  const address = socket?._transport?.url ?? socket?._transport?.transUrl;
  const endpoint = socket?._transUrl ?? socket?.url;
  if (address === undefined || endpoint === undefined || socket?._server === undefined) return null;
  const before = `${pathOf(endpoint).replace(/\/$/, "")}/${socket._server}/`;
  const path = pathOf(address);
  if (!path.startsWith(before)) return null;
  const session = path.slice(before.length);
  return /^wss?:/.test(address) ? session.replace(/\/websocket$/, "") : session;
}

/** @param {string} address with or without a query, which may hold slashes */
function pathOf(address) {
  return address.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}
