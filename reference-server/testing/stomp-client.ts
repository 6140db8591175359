import { FrameImpl, Parser } from "@stomp/stompjs";
import type { IFrame } from "@stomp/stompjs";
import { WebSocket } from "ws";
import type { ClientOptions } from "ws";

/** Time that a test waits for an expected frame. */
const timeoutMs = 5000;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

export interface OpenOptions extends ClientOptions {
  /** Session id for SockJS framing. Without it the client uses native WebSocket. */
  readonly sessionId?: string;
  readonly subprotocols?: string[];
}

interface ReceivedNotice {
  readonly event: string;
  readonly clientData: unknown;
  readonly cause?: string;
}

/** STOMP client over WebSocket that can send invalid frames. It reads with the parser of stompjs. */
export class StompClient {
  readonly socket: WebSocket;
  readonly frames: IFrame[] = [];
  readonly closed: Promise<Closing>;
  /** Number of heartbeats received. */
  heartbeats = 0;
  readonly #isSockJs: boolean;
  readonly #waiting = new Set<() => void>();
  readonly #parser = new Parser(
    (raw) => this.frames.push(FrameImpl.fromRawFrame(raw, true)),
    () => this.heartbeats++,
  );

  private constructor(socket: WebSocket, isSockJs: boolean) {
    this.socket = socket;
    this.#isSockJs = isSockJs;
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on("message", (data: Buffer) => this.#read(data.toString()));
  }

  /** Opens a connection. `url` is the SockJS endpoint. Rejects if the upgrade is refused. */
  static async open(url: string, options: OpenOptions = {}): Promise<StompClient> {
    const { sessionId, subprotocols = [], ...rest } = options;
    const path = sessionId === undefined ? "websocket" : `000/${sessionId}/websocket`;
    const socket = new WebSocket(`${url.replace("http", "ws")}/${path}`, subprotocols, rest);
    const client = new StompClient(socket, sessionId !== undefined);
    await new Promise((resolve, reject) => {
      socket.once("open", resolve).once("error", reject);
    });
    socket.on("error", () => undefined);
    return client;
  }

  send(command: string, headers: Readonly<Record<string, string>> = {}, body = ""): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    this.raw(`${command}\n${lines.join("")}\n${body}\0`);
  }

  raw(text: string): void {
    this.socket.send(this.#isSockJs ? JSON.stringify([text]) : text);
  }

  /** Waits for the first frame for which `matches` returns true, including frames already received. */
  async find(matches: (frame: IFrame) => boolean): Promise<IFrame> {
    let found: IFrame | undefined;
    await this.until(() => (found = this.frames.find(matches)) !== undefined);
    if (found === undefined) throw new Error("unreachable");
    return found;
  }

  command(command: string): Promise<IFrame> {
    return this.find((frame) => frame.command === command);
  }

  receipt(id: string): Promise<IFrame> {
    return this.find((frame) => frame.command === "RECEIPT" && frame.headers["receipt-id"] === id);
  }

  /** Returns the parsed bodies of all messages from `destination`. */
  messages(destination = "/topic/"): unknown[] {
    const messages = this.frames.filter((frame) => frame.command === "MESSAGE");
    return messages
      .filter((frame) => frame.headers["destination"] === destination)
      .map((frame) => JSON.parse(frame.body) as unknown);
  }

  /** Returns the received notices as `join A` and `leave A (cause)`. */
  notices(): string[] {
    return (this.messages() as ReceivedNotice[]).map(describeNotice);
  }

  /** Waits until the last notice is `last`. Returns all notices. */
  async waitForNotice(last: string): Promise<string[]> {
    // Reads the last frame only: a test may receive thousands.
    const isLast = () => {
      const frame = this.frames.findLast(isNotice);
      return frame !== undefined && describeNotice(JSON.parse(frame.body) as ReceivedNotice) === last;
    };
    await this.until(isLast);
    return this.notices();
  }

  async connect(headers: Readonly<Record<string, string>> = {}): Promise<IFrame> {
    this.send("CONNECT", { "accept-version": "1.2", host: "test", ...headers });
    return this.command("CONNECTED");
  }

  /** Waits until `isTrue` returns true. Checks after each message. */
  until(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (isTrue()) done(resolve);
      };
      const timer = setTimeout(() => {
        const seen = this.frames.map(({ command, body }) => `${command} ${body}`).join("; ");
        done(() => reject(new Error(`not received within ${timeoutMs} ms; received: ${seen}`)));
      }, timeoutMs);
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        settle();
      };
      this.#waiting.add(check);
    });
  }

  #read(data: string): void {
    const texts = this.#isSockJs
      ? data.startsWith("a")
        ? (JSON.parse(data.slice(1)) as string[])
        : []
      : [data];
    for (const text of texts) this.#parser.parseChunk(text);
    for (const check of [...this.#waiting]) check();
  }
}

function isNotice({ command, headers }: IFrame): boolean {
  return command === "MESSAGE" && headers["destination"] === "/topic/";
}

function describeNotice({ event, clientData, cause }: ReceivedNotice): string {
  return `${event} ${String(clientData)}${cause === undefined ? "" : ` (${cause})`}`;
}

/** Connects, subscribes and identifies a client. A client without a name does not identify. */
export async function join(
  url: string,
  name: string | null,
  options: OpenOptions = {},
): Promise<StompClient> {
  const client = await StompClient.open(url, options);
  await client.connect();
  client.send("SUBSCRIBE", { id: "news", destination: "/topic/", receipt: "subscribed" });
  await client.receipt("subscribed");
  if (name !== null) await identify(client, name);
  return client;
}

/** Identifies a client, and waits for the server's receipt. */
export async function identify(client: StompClient, name: string): Promise<void> {
  const receipt = `identified ${client.frames.length}`;
  client.send("SEND", { destination: "/ws", receipt }, JSON.stringify({ clientData: name }));
  await client.receipt(receipt);
}
