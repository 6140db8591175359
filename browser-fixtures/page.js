/**
 * The flow in a page: the harness's client on the real libraries, as scripts loaded them. After a reload the page
 * carries out its commands again by itself, as a page's own start-up code would.
 *
 * @typedef {import("../harness/clients/protocol.ts").ClientCommand} ClientCommand
 * @typedef {import("../harness/clients/protocol.ts").ClientEvent} ClientEvent
 * @typedef {object} Globals
 * @property {typeof import("@stomp/stompjs")} StompJs
 * @property {typeof import("sockjs-client")} SockJS
 * @property {(event: ClientEvent) => void} hangupEmit the harness's
 * @property {(command: ClientCommand) => void} hangup ours
 */
import { createClient } from "../harness/clients/client.js";
import { extractSessionId } from "./session-id.js";

const page = /** @type {Globals & Window} */ (/** @type {unknown} */ (window));
const memory = "hangup-commands";
/** @type {() => ClientCommand[]} */
const remembered = () => {
  /** @type {unknown} */
  const commands = JSON.parse(sessionStorage.getItem(memory) ?? "[]");
  return /** @type {ClientCommand[]} */ (commands);
};

const [connect, ...rest] = remembered();

const act = createClient(
  {
    Client: page.StompJs.Client,
    Versions: page.StompJs.Versions,
    openSocket: ({ url, transport, timeoutMs }) =>
      /** @type {import("../harness/clients/client.js").Socket} */ (
        transport === "native"
          ? new WebSocket(url)
          : new page.SockJS(url, null, {
              transports: /** @type {import("sockjs-client").Options["transports"]} */ (transport),
              timeout: timeoutMs,
            })
      ),
    describe: (socket) =>
      socket instanceof WebSocket
        ? { transport: "native", sessionId: null }
        : {
            transport: /** @type {{ transport?: string }} */ (socket).transport ?? "unknown",
            sessionId: extractSessionId(/** @type {import("./session-id.js").SockJSSocket} */ (socket)),
          },
  },
  (event) => {
    page.hangupEmit(event);
    if (event.kind === "connected") for (const command of rest.splice(0)) act(command);
  },
);

page.hangup = (/** @type {ClientCommand} */ command) => {
  sessionStorage.setItem(memory, JSON.stringify([...remembered(), command]));
  act(command);
};

if (connect !== undefined) act(connect);
