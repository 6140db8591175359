/**
 * The client's parts in Node: sockjs-client and ws. Plain JavaScript, so that a child process starts without a
 * compiler.
 */
import { randomBytes } from "node:crypto";
import { Client } from "@stomp/stompjs";
import SockJS from "sockjs-client";
import { WebSocket } from "ws";

/** Session ids as sockjs-client makes them: eight of `a-z0-5`. */
const newSessionId = () =>
  [...randomBytes(8)].map((byte) => "abcdefghijklmnopqrstuvwxyz012345"[byte % 32]).join("");

/** @returns {import("./client.js").Parts} */
export function nodeParts() {
  const sessionId = newSessionId();
  return {
    Client,
    openSocket: (command) =>
      /** @type {import("./client.js").Socket} */ (
        command.transport === "native"
          ? new WebSocket(command.url, ["v12.stomp", "v11.stomp", "v10.stomp"])
          : new SockJS(command.url, null, {
              transports: command.transport,
              timeout: command.timeoutMs,
              sessionId: () => sessionId,
            })
      ),
    describe: (socket) =>
      socket instanceof WebSocket
        ? { transport: "native", sessionId: null }
        : { transport: /** @type {{ transport?: string }} */ (socket).transport ?? "unknown", sessionId },
  };
}
