/**
 * Sends what a client in Node connects to through its own proxy, while the client goes on to believe in the target's
 * address: `Host`, `Origin`, path and TLS's server name stay the target's own. Neither sockjs-client nor its WebSocket
 * takes a way to connect, so the one place below all of them is overridden, for a client's own asynchronous calls only.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import https from "node:https";
import { Socket } from "node:net";

/** @type {AsyncLocalStorage<number>} */
const proxyPort = new AsyncLocalStorage();

// Kept-alive connections would be shared between actors, whose requests all name the same host.
http.globalAgent = new http.Agent({ keepAlive: false });
https.globalAgent = new https.Agent({ keepAlive: false });

/** @typedef {(this: Socket, ...args: unknown[]) => Socket} Connect */

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket below
const connectAsAsked = /** @type {Connect} */ (Socket.prototype.connect);

/** @type {Connect} */
Socket.prototype.connect = function (first, ...rest) {
  const port = proxyPort.getStore();
  // Node's own callers pass an array of the options and the callback.
  const given = /** @type {unknown[]} */ (Array.isArray(first) ? first : [first, ...rest]);
  const [options, ...others] = given;
  if (port === undefined || typeof options !== "object") return connectAsAsked.call(this, first, ...rest);
  return connectAsAsked.call(this, { ...options, host: "127.0.0.1", port }, ...others);
};

/**
 * Calls `act`; every connection that it opens, now or later, goes to `port` on the loopback.
 * @template T
 * @param {number} port
 * @param {() => T} act
 * @returns {T}
 */
export function throughProxy(port, act) {
  return proxyPort.run(port, act);
}
