/**
 * Routes the connections of a client in Node through its own proxy. `Host`, `Origin`, path and TLS server name stay the
 * target's own. sockjs-client and its WebSocket have no option for that, so this module overrides `Socket.connect`, for the
 * client's own asynchronous calls only.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import https from "node:https";
import { Socket } from "node:net";

/**
 * @typedef {object} Route
 * @property {number} port port on the loopback for all connections
 * @property {Readonly<Record<string, string>>} headers headers of every request
 */

/** @type {AsyncLocalStorage<Route>} */
const route = new AsyncLocalStorage();

// Actors would share kept-alive connections, because their requests all name the same host.
http.globalAgent = new http.Agent({ keepAlive: false });
https.globalAgent = new https.Agent({ keepAlive: false });

/** @typedef {(this: Socket, ...args: unknown[]) => Socket} Connect */

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket below
const connectAsAsked = /** @type {Connect} */ (Socket.prototype.connect);

/** @type {Connect} */
Socket.prototype.connect = function (first, ...rest) {
  const port = route.getStore()?.port;
  // Node's own callers pass an array of the options and the callback.
  const given = /** @type {unknown[]} */ (Array.isArray(first) ? first : [first, ...rest]);
  const [options, ...others] = given;
  if (port === undefined || typeof options !== "object") return connectAsAsked.call(this, first, ...rest);
  return connectAsAsked.call(this, { ...options, host: "127.0.0.1", port }, ...others);
};

for (const module of [http, https]) {
  const requestAsAsked = module.request;
  /** @type {(...args: Parameters<typeof http.request>) => http.ClientRequest} */
  const request = (...given) => {
    const made = requestAsAsked(...given);
    for (const [name, value] of Object.entries(route.getStore()?.headers ?? {})) made.setHeader(name, value);
    return made;
  };
  Object.assign(module, { request });
}

/**
 * Calls `act`. Its connections, now and later, go to the route's port, and its requests get the route's headers.
 * @template T
 * @param {Route} its
 * @param {() => T} act
 * @returns {T}
 */
export function throughProxy(its, act) {
  return route.run(its, act);
}
