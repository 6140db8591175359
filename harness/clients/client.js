/**
 * The usual client, as a page would write it: stompjs over sockjs-client or a WebSocket. It runs unchanged in the harness, in
 * a child process and in a browser page, so it is plain JavaScript without imports.
 *
 * @typedef {import("./protocol.ts").ClientCommand} ClientCommand
 * @typedef {import("./protocol.ts").ClientEvent} ClientEvent
 * @typedef {Extract<ClientCommand, { do: "connect" }>} Connect
 *
 * @typedef {import("@stomp/stompjs").IStompSocket & { addEventListener(type: "open", listener: () => void): void, addEventListener(type: "message", listener: (event: { data: unknown }) => void): void }} Socket
 *
 * @typedef {object} Parts Parts that differ between Node and a page.
 * @property {typeof import("@stomp/stompjs").Client} Client
 * @property {typeof import("@stomp/stompjs").Versions} Versions
 * @property {(command: Connect) => Socket} openSocket
 * @property {(socket: Socket) => { transport: string, sessionId: string | null }} describe
 *   Returns the transport in use, and the client's own session id.
 */

/**
 * @param {Parts} parts
 * @param {(event: ClientEvent) => void} emit
 * @returns {(command: ClientCommand) => void} carries out one command
 */
export function createClient(parts, emit) {
  const client = new FlowClient(parts, emit);
  return (command) => client.act(command);
}

/** Maximum number of characters that are quoted of received text. */
const quotedMax = 80;

/** @param {string} text */
const cut = (text) => Array.from(text).slice(0, quotedMax).join("");

class FlowClient {
  /** @type {import("@stomp/stompjs").Client | undefined} */
  #stomp;
  /** @type {string | null} */
  #sessionId = null;
  #receipts = 0;
  /** The last readable message in a few words, for the report of an unreadable one. */
  #lastMessage = "nothing";
  /** @type {Parts} */
  #parts;
  /** @type {(event: ClientEvent) => void} */
  #emit;

  /**
   * @param {Parts} parts
   * @param {(event: ClientEvent) => void} emit
   */
  constructor(parts, emit) {
    this.#parts = parts;
    this.#emit = emit;
  }

  /** @param {ClientCommand} command */
  act(command) {
    switch (command.do) {
      case "connect": {
        this.#connect(command);
        return;
      }
      case "subscribe": {
        const destination = this.#withSessionId(command.destination);
        this.#connected.subscribe(destination, (message) => this.#message(destination, message), {
          ...command.headers,
          ...this.#receiptOf(destination, command.receipt),
        });
        this.#identified(command.identifies, "");
        return;
      }
      case "send": {
        this.#send(command, {});
        return;
      }
      case "identify": {
        const headers = { "content-type": "application/json", ...command.headers };
        this.#send(command, { ...headers, ...this.#receiptOf("identify", command.receipt) });
        this.#identified(command.client, this.#withSessionId(command.body));
        return;
      }
      case "disconnect":
        this.#connected
          .deactivate()
          .catch((/** @type {unknown} */ error) =>
            this.#emit({ kind: "stomp-error", message: String(error) }),
          );
        // stompjs requests a receipt, and closes after it.
        {
          this.#emit({ kind: "disconnect-sent", receipt: true });
          return;
        }
      case "close":
        return this.#stomp?.webSocket?.close();
    }
  }

  /** @param {Connect} command */
  #connect(command) {
    const { Client, Versions, openSocket, describe } = this.#parts;
    this.#stomp = new Client({
      webSocketFactory: () => {
        const socket = openSocket(command);
        socket.addEventListener("message", ({ data }) => this.#measure(data));
        socket.addEventListener("open", () => {
          const opened = describe(socket);
          this.#sessionId = opened.sessionId;
          this.#emit({ kind: "opened", ...opened });
        });
        return socket;
      },
      reconnectDelay: 0,
      stompVersions: new Versions([...command.versions]),
      connectHeaders: { ...command.stompHeaders },
      heartbeatOutgoing: command.heartbeat.outgoingMs,
      heartbeatIncoming: command.heartbeat.incomingMs,
      onConnect: ({ headers }) => {
        const version = headers["version"] ?? "1.0";
        const heartBeat = headers["heart-beat"] ?? "0,0";
        this.#emit({ kind: "connected", version, heartBeat, server: headers["server"] });
        this.#identified(command.identifies, "");
      },
      onHeartbeatLost: () => this.#emit({ kind: "gave-up" }),
      // stompjs continues after a wrong content-length, and loses whole frames.
      onUnhandledFrame: ({ command }) =>
        // The target's own text comes last: a secret that is cut off is found only at the end of a text.
        this.#giveUp(
          `${command.length} characters that are no STOMP command came after ${this.#lastMessage}`,
        ),
      onDisconnect: () => this.#emit({ kind: "receipt", of: "disconnect" }),
      onStompError: ({ headers, body }) =>
        this.#emit({ kind: "stomp-error", message: headers["message"] ?? body }),
      onWebSocketClose: (/** @type {{ code?: number, reason?: string } | undefined} */ close) =>
        this.#emit({ kind: "closed", code: close?.code ?? null, reason: close?.reason ?? "" }),
    });
    this.#stomp.activate();
  }

  /**
   * Reports a MESSAGE with a wrong content-length. stompjs cuts it off silently.
   * @param {unknown} data
   */
  #measure(data) {
    const [, head = "", body = ""] = /^(MESSAGE\n(?:.+\n)*)\n([^]*)\0\n*$/.exec(String(data)) ?? [];
    const declared = Number(/^content-length: *(\d{1,9})\r?$/m.exec(head)?.[1] ?? Number.NaN);
    const bytes = new TextEncoder().encode(body).length;
    // In a message with several frames, the ends of the frames are unknown.
    if (Number.isNaN(declared) || declared === bytes || body.includes("\0")) return;
    this.#emit({ kind: "wrong-content-length", declared, bytes, frame: `${head}\n${body}` });
  }

  /**
   * @param {string} destination
   * @param {import("@stomp/stompjs").IMessage} message
   */
  #message(destination, { headers, body }) {
    const length = headers["content-length"] ?? "none";
    this.#lastMessage = `a MESSAGE with content-length ${length} and the body ${cut(body)}`;
    this.#emit({ kind: "message", destination, body });
  }

  /** @param {string} reason */
  #giveUp(reason) {
    this.#emit({ kind: "gave-up", reason });
    this.#stomp?.webSocket?.close();
  }

  get #connected() {
    if (this.#stomp?.connected !== true) throw new Error("the client is not connected");
    return this.#stomp;
  }

  /**
   * @param {{ destination: string, body: string }} message
   * @param {Record<string, string>} headers
   */
  #send({ destination, body }, headers) {
    this.#connected.publish({
      destination: this.#withSessionId(destination),
      body: this.#withSessionId(body),
      headers,
    });
  }

  /**
   * @param {string | null} client
   * @param {string} body
   */
  #identified(client, body) {
    if (client !== null) this.#emit({ kind: "identify-sent", client: this.#withSessionId(client), body });
  }

  /**
   * Watches for the RECEIPT of `of`, if one is wanted.
   * @param {string} of
   * @param {boolean} wanted
   * @returns {{ receipt?: string }} headers that request the receipt
   */
  #receiptOf(of, wanted) {
    if (!wanted) return {};
    const receipt = `receipt-${(this.#receipts += 1)}`;
    this.#connected.watchForReceipt(receipt, () => this.#emit({ kind: "receipt", of }));
    return { receipt };
  }

  /** @param {string} text */
  #withSessionId(text) {
    return text.replaceAll("{sessionId}", () => this.#sessionId ?? "");
  }
}
