/**
 * The client in Node: sockjs-client or ws, under stompjs. Plain JavaScript, so that a child process starts without a
 * compiler.
 */
import { randomBytes } from "node:crypto";
import { Client, Versions } from "@stomp/stompjs";
import SockJS from "sockjs-client";
import { WebSocket } from "ws";
import { createClient } from "./client.js";
import { throughProxy } from "./route.js";

/** Session ids as sockjs-client makes them: eight of `a-z0-5`. */
const newSessionId = () =>
  [...randomBytes(8)].map((byte) => "abcdefghijklmnopqrstuvwxyz012345"[byte % 32]).join("");

/**
 * @param {string} sessionId
 * @returns {import("./client.js").Parts}
 */
function nodeParts(sessionId) {
  return {
    Client,
    Versions,
    openSocket: (command) =>
      /** @type {import("./client.js").Socket} */ (
        command.transport === "native"
          ? new WebSocket(command.url, ["v12.stomp", "v11.stomp", "v10.stomp"], {
              // Inflating queues behind all other clients of this process: seconds, with 32 cases side by side.
              perMessageDeflate: command.compression,
            })
          : new SockJS(
              command.url,
              null,
              // Its types do not know of `transportOptions`.
              /** @type {import("sockjs-client").Options} */ ({
                transports: command.transport,
                timeout: command.timeoutMs,
                sessionId: () => sessionId,
                // Its WebSocket makes its own handshake. Everything else goes through Node's requests, see route.js.
                transportOptions: { websocket: { headers: command.httpHeaders } },
              }),
            )
      ),
    describe: (socket) =>
      socket instanceof WebSocket
        ? { transport: "native", sessionId: null }
        : { transport: /** @type {{ transport?: string }} */ (socket).transport ?? "unknown", sessionId },
  };
}

/**
 * @param {(event: import("./protocol.ts").ClientEvent) => void} emit
 * @param {number} proxyPort port on the loopback for all of the client's connections
 * @returns {(command: import("./protocol.ts").ClientCommand) => void} carries out one command
 */
export function createNodeClient(emit, proxyPort) {
  const sessionId = newSessionId();
  const act = createClient(nodeParts(sessionId), emit);
  /** @type {Readonly<Record<string, string>>} */
  let headers = {};
  return (command) => {
    if (command.do === "connect") {
      headers = command.httpHeaders;
      if (command.transport !== "native") emit({ kind: "requested", sessionId });
    }
    throughProxy({ port: proxyPort, headers }, () => act(command));
  };
}
