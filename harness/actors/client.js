/**
 * The client of the flow, as a page would write it: the real stompjs over the real sockjs-client or a WebSocket. It
 * runs unchanged in the harness, in a child process and in a browser page, hence plain JavaScript without imports.
 *
 * @typedef {import("./protocol.ts").ClientCommand} ClientCommand
 * @typedef {import("./protocol.ts").ClientEvent} ClientEvent
 * @typedef {Extract<ClientCommand, { do: "connect" }>} Connect
 *
 * @typedef {import("@stomp/stompjs").IStompSocket & { addEventListener(type: "open", listener: () => void): void }} Socket
 *
 * @typedef {object} Parts What differs from place to place.
 * @property {typeof import("@stomp/stompjs").Client} Client
 * @property {(command: Connect) => Socket} openSocket
 * @property {(socket: Socket) => { transport: string, sessionId: string | null }} describe
 *   Which transport is really in use, and the session id that the client knows for itself.
 *
 * @param {Parts} parts
 * @param {(event: ClientEvent) => void} emit
 * @returns {(command: ClientCommand) => void} carries out one command
 */
export function createClient(parts, emit) {
  /** @type {import("@stomp/stompjs").Client | undefined} */
  let stomp;
  /** @type {string | null} */
  let sessionId = null;
  let receipts = 0;

  /** @param {Connect} command */
  function connect(command) {
    const client = new parts.Client({
      webSocketFactory: () => {
        const socket = parts.openSocket(command);
        socket.addEventListener("open", () => {
          const opened = parts.describe(socket);
          sessionId = opened.sessionId;
          emit({ kind: "opened", ...opened });
        });
        return socket;
      },
      reconnectDelay: 0,
      heartbeatOutgoing: command.heartbeat.outgoingMs,
      heartbeatIncoming: command.heartbeat.incomingMs,
      onConnect: (frame) =>
        emit({
          kind: "connected",
          version: frame.headers["version"] ?? "1.0",
          heartBeat: frame.headers["heart-beat"] ?? "0,0",
        }),
      onDisconnect: () => emit({ kind: "receipt", of: "disconnect" }),
      onStompError: (frame) => emit({ kind: "stomp-error", message: frame.headers["message"] ?? frame.body }),
      onWebSocketClose: (/** @type {{ code?: number, reason?: string } | undefined} */ close) =>
        emit({ kind: "closed", code: close?.code ?? null, reason: close?.reason ?? "" }),
    });
    stomp = client;
    client.activate();
  }

  /** @returns {import("@stomp/stompjs").Client} */
  function connected() {
    if (stomp?.connected !== true) throw new Error("the client is not connected");
    return stomp;
  }

  return (command) => {
    switch (command.do) {
      case "connect":
        return connect(command);
      case "subscribe": {
        const { destination } = command;
        const receipt = `subscribe-${(receipts += 1)}`;
        connected().watchForReceipt(receipt, () => emit({ kind: "receipt", of: destination }));
        connected().subscribe(
          destination,
          (message) => emit({ kind: "message", destination, body: message.body }),
          command.receipt ? { receipt } : {},
        );
        return;
      }
      case "identify": {
        const { destination, client } = command;
        const body = command.body.replaceAll("{sessionId}", () => sessionId ?? "");
        connected().publish({ destination, body, headers: { "content-type": "application/json" } });
        return emit({ kind: "identify-sent", client, body });
      }
      case "disconnect":
        connected()
          .deactivate()
          .catch((/** @type {unknown} */ error) => emit({ kind: "stomp-error", message: String(error) }));
        // stompjs asks for a receipt, and closes when it has come.
        return emit({ kind: "disconnect-sent", receipt: true });
      case "close":
        return stomp?.webSocket?.close();
    }
  };
}
