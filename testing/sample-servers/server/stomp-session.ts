import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { Application, SampleSession, SessionEnd } from "./application.ts";
import { isConnect, readFrame, writeFrame, type ClientFrame, type FrameHeaders } from "./stomp.ts";

/** Connection that carries one client's frames. */
export interface Channel {
  /** The WebSocket and the request that opened it; undefined over SockJS. */
  readonly webSocket?: { readonly socket: WebSocket; readonly handshake: IncomingMessage };
  /** Rejects where the connection has ended. */
  readonly write: (text: string) => Promise<void>;
  /** Closes it, after everything written before. */
  readonly close: (code: 1000 | 1002) => void;
  /** Cuts it at once. SockJS passes the reason on to the client. */
  readonly end: (reason?: string) => void;
}

/** STOMP heartbeats of a server. */
export interface HeartbeatOptions {
  /** `heart-beat` of CONNECTED, in milliseconds: the period promised, and the one asked for. 0 for none. */
  readonly answer: readonly [promisedMs: number, wantedMs: number];
  /** Period of the heartbeats sent, in milliseconds; 80 % of the negotiated period when left out, Infinity for none. */
  readonly sentEveryMs?: number;
  /** Silence that ends a session, in milliseconds; two negotiated periods when left out, Infinity for none. */
  readonly droppedAfterMs?: number;
}

/** STOMP behaviour of a server. */
export interface StompOptions {
  /** Versions that it accepts; 1.0, 1.1 and 1.2 when left out. */
  readonly versions?: readonly string[];
  readonly heartbeats?: HeartbeatOptions;
  /** Frames that get the RECEIPT they ask for; all when left out. Many brokers acknowledge a DISCONNECT alone. */
  readonly receipts?: "all" | "disconnect" | "none";
  /** Ends the session by a DISCONNECT; true when left out. Otherwise the end of the connection ends it. */
  readonly endsByDisconnect?: boolean;
  /** Delay of the close after a DISCONNECT, in milliseconds; undefined where the client has to close. */
  readonly closesAfterMs?: number | undefined;
  /** Closes the connection after an ERROR; true when left out. */
  readonly closesAfterError?: boolean;
  /** Called with each frame before its answer. Returns true to leave the answer out, or to give it later by `answer`. */
  readonly onFrame?: (command: string, session: SampleSession, answer: () => void, text: string) => boolean;
}

/** Parts that all sessions of a server share. */
export interface ServerContext {
  readonly application: Application;
  readonly options: StompOptions;
  /** Sessions that have connected and not ended. */
  readonly sessions: Set<StompSession>;
}

/** Heartbeats with periods of 100 ms, or longer ones if the client wishes. Profiles allow three periods of silence. */
const usualHeartbeats: HeartbeatOptions = { answer: [100, 100] };
const silencePeriods = 2;

/** One client of a sample server: answers its frames, and reports them to the application. */
export class StompSession implements SampleSession {
  readonly id: string;
  readonly url: URL;
  headers: FrameHeaders = {};
  client: string | undefined;
  readonly #channel: Channel;
  readonly #context: ServerContext;
  readonly #heartbeats: HeartbeatOptions;
  /** Destinations by the client's own ids of its subscriptions. */
  readonly #subscriptions = new Map<string, string>();
  #connected = false;
  #over = false;
  #beating: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(channel: Channel, address: string, context: ServerContext) {
    this.url = new URL(address, "http://localhost");
    this.id = this.url.pathname.split("/").at(-2) ?? "";
    this.#channel = channel;
    this.#context = context;
    this.#heartbeats = context.options.heartbeats ?? usualHeartbeats;
  }

  get subscription(): string | undefined {
    return this.#subscriptions.keys().next().value;
  }

  get socket(): WebSocket {
    return this.#webSocket.socket;
  }

  get handshake(): IncomingMessage {
    return this.#webSocket.handshake;
  }

  /** Takes a message that arrived: a frame, or a heartbeat. */
  read(message: string): void {
    this.#silence?.refresh();
    const frame = readFrame(message);
    if (frame === undefined || this.#over) return;
    const answer = () => this.#answer(frame);
    if (this.#context.options.onFrame?.(frame.command, this, answer, message) !== true) answer();
  }

  async tell(destination: string, body: string): Promise<void> {
    if (this.#over) throw new Error("the session is over");
    const wanted = [...this.#subscriptions].filter(([, one]) => one === destination);
    await Promise.all(
      wanted.map(([subscription]) =>
        this.#channel.write(writeFrame("MESSAGE", { destination, subscription, "message-id": "1" }, body)),
      ),
    );
  }

  /** Ends the session. Only the first call counts. */
  end(how: SessionEnd): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beating);
    clearTimeout(this.#silence);
    const { sessions, application } = this.#context;
    if (sessions.delete(this)) application.end?.(this, how);
  }

  drop(reason?: string): void {
    this.end("lost");
    this.#channel.end(reason);
  }

  /** Cuts the connection. The session ends when the server notices. */
  cut(): void {
    this.#channel.end();
  }

  get #webSocket() {
    const { webSocket } = this.#channel;
    if (webSocket === undefined) throw new Error("a SockJS session has no WebSocket");
    return webSocket;
  }

  #answer({ command, headers, body }: ClientFrame): void {
    const { receipts = "all", closesAfterMs } = this.#context.options;
    if (this.#over) return;
    this.#take(command, headers, body);
    const { receipt } = headers;
    if (
      receipt !== undefined &&
      (receipts === "all" || (receipts === "disconnect" && command === "DISCONNECT"))
    )
      this.#write("RECEIPT", { "receipt-id": receipt });
    if (command !== "DISCONNECT") return;
    if (closesAfterMs === 0) this.#channel.close(1000);
    else if (closesAfterMs !== undefined) setTimeout(() => this.#channel.close(1000), closesAfterMs);
  }

  #take(command: string, headers: FrameHeaders, body: string): void {
    const { application } = this.#context;
    if (isConnect(command) === this.#connected)
      return this.#refuse(`${command} ${isConnect(command) ? "once more" : "before CONNECT"}`);
    switch (command) {
      case "CONNECT":
      case "STOMP":
        return this.#connect(headers);
      case "SUBSCRIBE":
        this.#subscriptions.set(headers["id"] ?? "", headers["destination"] ?? "");
        return application.subscribe?.(this, headers);
      case "UNSUBSCRIBE":
        this.#subscriptions.delete(headers["id"] ?? "");
        return;
      case "SEND":
        try {
          return application.send?.(this, headers["destination"] ?? "", body);
        } catch {
          // A body that the application can't read is no error of the protocol.
          return;
        }
      case "DISCONNECT":
        if (this.#context.options.endsByDisconnect !== false) this.end("disconnect");
        return;
      default:
        return this.#refuse(`${command} is unknown`);
    }
  }

  /** Writes a frame, in vain where the client is gone. */
  #write(command: string, headers: FrameHeaders): void {
    this.#channel.write(writeFrame(command, headers)).catch(() => undefined);
  }

  #refuse(message: string): void {
    this.#write("ERROR", { message });
    this.end("lost");
    if (this.#context.options.closesAfterError !== false) this.#channel.close(1002);
  }

  #connect(headers: FrameHeaders): void {
    const { sessions, application, options } = this.#context;
    const { versions = ["1.2", "1.1", "1.0"] } = options;
    const offered = (headers["accept-version"] ?? "1.0").split(",");
    const version = versions.find((one) => offered.includes(one));
    if (version === undefined) return this.#refuse("no such version");
    if (application.admits?.(headers) === false) return this.#refuse("not admitted");
    this.#connected = true;
    this.headers = headers;
    sessions.add(this);
    const connected = writeFrame("CONNECTED", { version, "heart-beat": this.#heartbeats.answer.join(",") });
    // The client may be gone by now.
    const answered = this.#channel.write(connected).catch(() => undefined);
    this.#startHeartbeats(headers["heart-beat"] ?? "0,0", answered);
    application.connect?.(this);
  }

  #startHeartbeats(offer: string, answered: Promise<void>): void {
    const { answer, sentEveryMs, droppedAfterMs } = this.#heartbeats;
    const [promisedMs, wantedMs] = answer;
    const [sends = 0, wants = 0] = offer.split(",").map(Number);
    const toClientMs = sentEveryMs ?? 0.8 * Math.max(promisedMs, wants);
    if (promisedMs > 0 && wants > 0 && toClientMs < Infinity)
      this.#beating = setInterval(() => void this.#channel.write("\n").catch(() => undefined), toClientMs);
    const silenceMs = droppedAfterMs ?? silencePeriods * Math.max(wantedMs, sends);
    if (wantedMs === 0 || sends === 0 || silenceMs === Infinity) return;
    // A client sends no heartbeat before it has the answer.
    const listen = () => {
      if (!this.#over) this.#silence = setTimeout(() => this.drop("silent"), silenceMs);
    };
    void answered.then(listen);
  }
}
