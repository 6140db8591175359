import { traitsOf, transportTable, type HttpTransport } from "../../profile/transports.ts";
import { ByteQueue } from "./codec/byte-queue.ts";
import { Exchange } from "./exchange.ts";
import { encodeRequest, type HttpRequest, type ResponseHead } from "./codec/http-message.ts";
import { limits } from "./limits.ts";
import { isNetworkError, type Destination, type SendPace } from "./line.ts";
import type { TransportLink, LinkAddress, LinkListener } from "./link.ts";
import { decodeSockJs, encodeSockJs, eventData, isPrelude } from "./codec/sockjs-frame.ts";

/** Returns the SockJS frame that a line holds; undefined if it holds none. */
type FrameIn = (line: string) => string | undefined;

const frameIn: Readonly<Record<(typeof transportTable)[HttpTransport]["framing"], FrameIn>> = {
  lines: (line) => (line === "" ? undefined : line),
  "event-stream": eventData,
};

const newline = 0x0a;

/** STOMP in SockJS's framing over HTTP: one receiving request at a time, and one request for each sent message. */
export class HttpLink implements TransportLink {
  readonly #to: Destination;
  readonly #address: LinkAddress;
  readonly #method: "GET" | "POST";
  readonly #name: string;
  readonly #polls: boolean;
  readonly #frameIn: FrameIn;
  readonly #listener: LinkListener;
  #receiver: Exchange | undefined;
  /** Cancel functions of the sending requests. */
  readonly #senders = new Map<Exchange, (error: Error) => void>();
  #tail: Promise<void> = Promise.resolve();
  /** Resolves when the receiving request is sent; after its answer, when the next one is. */
  #asked: Promise<void> = Promise.resolve();
  #askedAgain: () => void = () => undefined;
  #polling = true;
  #isOpen = false;
  #over = false;
  readonly #lastAnswered: Promise<true>;
  #noteLast: (answered: true) => void = () => undefined;

  constructor(to: Destination, address: LinkAddress, transport: HttpTransport, listener: LinkListener) {
    this.#to = to;
    this.#address = address;
    const { method, wireName, framing } = transportTable[transport];
    this.#method = method;
    this.#name = wireName;
    this.#polls = traitsOf(transport)?.polls === true;
    this.#frameIn = frameIn[framing];
    this.#listener = listener;
    this.#lastAnswered = new Promise((resolve) => (this.#noteLast = resolve));
  }

  get handshake(): Buffer {
    const { headers, ...request } = this.#receivingRequest();
    return encodeRequest({ ...request, headers: { ...headers, Connection: "close" } });
  }

  async open(sendHandshake: boolean): Promise<void> {
    const receiver = this.#receive();
    if (sendHandshake) await this.#ask(receiver);
  }

  send(text: string, pace?: SendPace): Promise<void> {
    return this.sendMessage(encodeSockJs(text), pace);
  }

  /** Resolves when the target has answered. Messages go one after the other, to keep their order. */
  sendMessage(text: string, pace?: SendPace): Promise<void> {
    const sent = this.#tail.then(() => this.#post(text, pace));
    this.#tail = sent.catch(() => undefined);
    return sent;
  }

  sendFrame(): Promise<void> {
    return Promise.reject(new Error("HTTP transports have no WebSocket frames; join on websocket or native"));
  }

  write(bytes: string | Uint8Array, pace?: SendPace): Promise<void> {
    return this.#receiver?.write(bytes, pace) ?? Promise.reject(new Error("nothing is open yet"));
  }

  stopReading(): void {
    this.#receiver?.pause();
  }

  resumeReading(): void {
    this.#receiver?.resume();
  }

  stopPolling(): Promise<true> {
    if (!this.#polls) {
      return Promise.reject(new Error(`${this.#name} does not poll; join on xhr-polling`));
    }
    this.#polling = false;
    return this.#lastAnswered;
  }

  async asking(): Promise<void> {
    // The waiting request may have been answered meanwhile, and followed by the next one.
    for (let asked: Promise<void> | undefined; asked !== this.#asked;) await (asked = this.#asked);
  }

  abort(): void {
    this.#finish(1000, "");
  }

  /** Breaks the receiving request off, as sockjs-client does. HTTP transports have no close. */
  close(): void {
    this.abort();
  }

  destroy(): void {
    this.#over = true;
    this.#receiver?.destroy();
    for (const giveUp of [...this.#senders.values()]) giveUp(new Error("the session is over"));
  }

  #receivingRequest(): HttpRequest {
    return { method: this.#method, path: this.#address.path(this.#name), headers: this.#address.headers };
  }

  #receive(): Exchange {
    const lines = new ByteQueue();
    let answered = false;
    const receiver = new Exchange(this.#to, {
      head: (head) => {
        if (head.status !== 200) this.#refused(this.#name, head);
      },
      body: (bytes) => {
        if (!answered && this.#polls) this.#awaitNext();
        answered = true;
        lines.push(bytes);
        for (let line = lines.takeUntil(newline); line !== undefined; line = lines.takeUntil(newline)) {
          const text = this.#frameIn(String(line).replace(/\r$/, ""));
          if (text === undefined || this.#over) continue;
          if (!isPrelude(text)) this.#read(text);
        }
        if (lines.length > limits.messageBytes)
          throw new Error(`a SockJS frame is beyond the limit of ${limits.messageBytes} bytes`);
        if (!this.#over) this.#listener.heard();
      },
      ended: (error) => {
        if (error !== undefined) return this.#finish(isNetworkError(error) ? 1006 : null, error.message);
        // Otherwise the client would request again at once, without end.
        if (!answered) return this.#finish(1006, `${this.#name} got an empty answer`);
        if (!this.#over && this.#polling) void this.#ask(this.#receive());
        else this.#askNoMore();
      },
    });
    this.#receiver = receiver;
    return receiver;
  }

  #ask(receiver: Exchange): Promise<void> {
    // The exchange itself reports errors.
    const asked = receiver.send(this.#receivingRequest()).catch(() => undefined);
    void asked.then(this.#askedAgain);
    return (this.#asked = asked);
  }

  /** Notes the beginning of an answer. From now on nothing waits at the target, until the next request is sent. */
  #awaitNext(): void {
    this.#asked = new Promise((resolve) => (this.#askedAgain = resolve));
  }

  #askNoMore(): void {
    this.#askedAgain();
    this.#noteLast(true);
  }

  #read(text: string): void {
    const frame = decodeSockJs(text);
    if (frame.kind === "open") this.#isOpen = true;
    if (!this.#isOpen && frame.kind !== "close") this.#listener.early(text);
    if (frame.kind === "open") this.#listener.opened();
    else if (frame.kind === "messages") this.#listener.received(Buffer.from(frame.messages.join("")));
    else if (frame.kind === "close") this.#finish(frame.code, frame.reason);
  }

  #post(body: string, pace: SendPace | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#over) return reject(new Error("nothing can be sent: the session is over"));
      const done = (error?: Error) => {
        clearTimeout(expire);
        this.#senders.delete(sender);
        if (error === undefined) {
          resolve();
          return;
        }
        sender.destroy();
        this.#finish(1006, `xhr_send: ${error.message}`);
        reject(error);
      };
      const sender = new Exchange(this.#to, {
        head: (head) => {
          if (head.status !== 204 && head.status !== 200) this.#refused("xhr_send", head);
        },
        body: () => undefined,
        ended: done,
      });
      const limitMs = this.#to.timeoutMs + paceMs(body, pace);
      const expire = setTimeout(() => done(new Error(`no answer within ${limitMs} ms`)), limitMs);
      this.#senders.set(sender, done);
      const headers = { ...this.#address.headers, "Content-Type": "text/plain;charset=UTF-8" };
      const path = this.#address.path("xhr_send");
      // The exchange itself reports errors.
      sender.send({ method: "POST", path, headers, body }, pace).catch(() => undefined);
    });
  }

  #refused(name: string, { status, reason }: ResponseHead): void {
    this.#finish(status, `HTTP ${status} ${reason} to ${name}`);
  }

  #finish(code: number | null, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#askNoMore();
    this.#receiver?.destroy();
    this.#listener.closed(code, reason);
  }
}

/** Returns the time that pacing adds, in milliseconds. The head of a request has some hundred bytes. */
function paceMs(body: string, pace: SendPace | undefined): number {
  if (pace === undefined) return 0;
  const pieces = (Buffer.byteLength(body) + limits.headBytes / 64) / (pace.pieceBytes ?? 1);
  return Math.ceil(pieces) * pace.everyMs;
}
