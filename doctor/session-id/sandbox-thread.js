import vm from "node:vm";
import { parentPort } from "node:worker_threads";

// Evaluates a page's expression on each socket. Runs in a thread of its own: see sandbox.ts. The context gets strings only, so that
// the expression holds no object of this thread and can't reach Node through one.

parentPort?.once(
  "message",
  /** @param {{ expression: string, sockets: readonly string[], timeoutMs: number }} task */
  ({ expression, sockets, timeoutMs }) =>
    parentPort?.postMessage(sockets.map((socket) => evaluate(expression, socket, timeoutMs))),
);

/**
 * Returns one letter and a text: `s` and the string, `o` and the type of another value, or `e` and the error.
 *
 * @param {string} expression
 * @param {string} socket JSON, or `undefined`
 * @param {number} timeoutMs
 */
function evaluate(expression, socket, timeoutMs) {
  const context = vm.createContext(
    { __proto__: null },
    {
      codeGeneration: { strings: false, wasm: false },
      microtaskMode: "afterEvaluate",
    },
  );
  const options = { timeout: timeoutMs };
  try {
    vm.runInContext(
      `"use strict"; const socket = ${socket}; const stompClient = { ws: socket, webSocket: socket, _webSocket: socket }`,
      context,
      options,
    );
    vm.runInContext(
      `let result; try { const value = (${expression}\n); result = typeof value === "string" ? "s" + value : "o" + (value === null ? "null" : typeof value); } catch (error) { result = "e" + error; }`,
      context,
      options,
    );
    const result = /** @type {unknown} */ (vm.runInContext("result", context, options));
    return typeof result === "string" ? result.slice(0, 400) : "enothing";
  } catch (error) {
    return `e${error instanceof Error ? error.message.slice(0, 400) : "it threw no error"}`;
  }
}
