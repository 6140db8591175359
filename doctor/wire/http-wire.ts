import { abortAfter } from "../../harness/run/case-timeouts.ts";
import type { IncomingMessage } from "node:http";
import { limits } from "../../harness/clients/raw/limits.ts";
import { ByteQueue } from "../../harness/clients/raw/codec/byte-queue.ts";
import { encodeSockJs, eventData } from "../../harness/clients/raw/codec/sockjs-frame.ts";
import { ask, open } from "../ask/ask.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { endLimitMs, readSockJs, type Wire, type WireListener } from "./sockjs.ts";
import { transportTable, type HttpTransport } from "../../harness/profile/transports.ts";

/** Returns the SockJS frame that a line holds; empty if it holds none. */
type ReadFrame = (line: string) => string;

const frameIn: Readonly<Record<(typeof transportTable)[HttpTransport]["framing"], ReadFrame>> = {
  lines: (line) => line,
  "event-stream": (line) => eventData(line) ?? "",
};

/** Time limit for the answer to a sent message, in milliseconds. */
const sendLimitMs = 5_000;

const newline = 0x0a;

/** SockJS session over HTTP: one request at a time that receives, and one for each message. */
export class HttpWire implements Wire {
  readonly #at: (name: string) => URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #receiving: (typeof transportTable)[HttpTransport];
  readonly #listener: WireListener;
  readonly #over = new AbortController();
  #tail: Promise<void> = Promise.resolve();
  #break: () => void = () => undefined;

  /** @param at returns the URL of the session's resource with that name */
  constructor(
    at: (name: string) => URL,
    headers: Readonly<Record<string, string>>,
    transport: HttpTransport,
    listener: WireListener,
  ) {
    this.#at = at;
    this.#headers = headers;
    this.#receiving = transportTable[transport];
    this.#listener = listener;
    queueMicrotask(() => this.#receive());
  }

  send(text: string): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#over.signal.aborted) return;
      const signal = abortAfter(this.#over.signal, sendLimitMs);
      const headers = { ...this.#headers, "Content-Type": "text/plain;charset=UTF-8" };
      const asked = await ask(this.#at("xhr_send"), {
        method: "POST",
        headers,
        body: encodeSockJs(text),
        signal,
      });
      if (asked.kind === "trouble") this.#close(null, `xhr_send: ${asked.message}`);
      else if (asked.status !== 204 && asked.status !== 200)
        this.#close(asked.status, `HTTP ${asked.status} to xhr_send`);
    });
  }

  async end(): Promise<void> {
    await withTimeout(endLimitMs, this.#tail);
    this.#over.abort();
    this.#break();
  }

  #receive(): void {
    if (this.#over.signal.aborted) return;
    const { method, wireName: name } = this.#receiving;
    const headers = { ...this.#headers, ...(method === "POST" ? { "Content-Length": "0" } : {}) };
    const request = open(this.#at(name), { method, headers });
    if (request instanceof Error) return this.#close(null, request.message);
    this.#break = () => request.destroy();
    request.on("error", ({ message }) => this.#close(null, message));
    request.on("response", (response) => {
      if (response.statusCode === 200) return this.#read(response);
      this.#close(response.statusCode ?? null, `HTTP ${response.statusCode ?? ""} to ${name}`);
    });
    request.end();
  }

  #read(response: IncomingMessage): void {
    const lines = new ByteQueue();
    let isEmpty = true;
    response.on("data", (piece: Buffer) => {
      isEmpty = false;
      lines.push(piece);
      for (let line = lines.takeUntil(newline); line !== undefined; line = lines.takeUntil(newline)) {
        this.#readLine(String(line).replace(/\r$/, ""));
      }
      if (lines.length > limits.messageBytes) this.#close(null, "a SockJS frame did not end");
    });
    response.on("error", ({ message }) => this.#close(null, message));
    response.on("end", () => {
      // Each empty answer would cause another request at once, without end.
      if (isEmpty) this.#close(null, "an empty answer");
      else this.#receive();
    });
  }

  #readLine(line: string): void {
    if (this.#over.signal.aborted) return;
    try {
      const closed: WireListener["closed"] = (code, reason) => this.#close(code, reason);
      readSockJs(frameIn[this.#receiving.framing](line), { ...this.#listener, closed });
    } catch (error) {
      this.#close(null, (error as Error).message);
    }
  }

  #close(code: number | null, reason: string): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#break();
    this.#listener.closed(code, reason);
  }
}
