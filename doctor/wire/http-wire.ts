import { abortAfter } from "../../harness/run/case-timeouts.ts";
import type { IncomingMessage } from "node:http";
import { limits } from "../../harness/clients/raw/limits.ts";
import { ByteQueue } from "../../harness/clients/raw/codec/byte-queue.ts";
import { encodeSockJs, eventData } from "../../harness/clients/raw/codec/sockjs-frame.ts";
import { ask, open } from "../ask/ask.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { endLimitMs, readSockJs, type Wire, type WireListener } from "./sockjs.ts";
import { transportTable, type HttpTransport } from "../../harness/profile/transports.ts";

/** HTTP transport that the doctor speaks. Clients outside a page don't speak the last two. */
export type HttpWireTransport = HttpTransport | "htmlfile" | "jsonp-polling";

/** Returns the SockJS frame that a line holds; empty if it holds none. */
type ReadFrame = (line: string) => string;

/** Name of the function that htmlfile and jsonp-polling call with each frame. */
const callback = "hangup";

const frameIn: Readonly<Record<(typeof transportTable)[HttpWireTransport]["framing"], ReadFrame>> = {
  lines: (line) => line,
  "event-stream": (line) => eventData(line) ?? "",
  html: (line) => scriptText(line, "p"),
  script: (line) => scriptText(line, callback),
};

/** Returns the text with which a line of JavaScript calls that function; empty for any other line. */
function scriptText(line: string, name: string): string {
  const [, called, literal] = /^(?:\/\*\*\/)?(\w+)\((".*")\);?\s*$/.exec(line.trim()) ?? [];
  if (called !== name || literal === undefined) return "";
  // Spring escapes for JavaScript, which has two escapes that JSON has not.
  const json = literal.replace(/\\(.)/g, (escape, sign) =>
    sign === "'" ? "'" : sign === "v" ? "\\u000b" : escape,
  );
  return JSON.parse(json) as string;
}

/** Time limit for the answer to a sent message, in milliseconds. */
const sendLimitMs = 5_000;

const newline = 0x0a;

/** SockJS session over HTTP: one request at a time that receives, and one for each message. */
export class HttpWire implements Wire {
  readonly #at: (name: string) => URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #receiving: (typeof transportTable)[HttpWireTransport];
  readonly #listener: WireListener;
  readonly #over = new AbortController();
  #tail: Promise<void> = Promise.resolve();
  #break: () => void = () => undefined;

  /** @param at returns the URL of the session's resource with that name */
  constructor(
    at: (name: string) => URL,
    headers: Readonly<Record<string, string>>,
    transport: HttpWireTransport,
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
      const { name, type, body } = this.#sending(encodeSockJs(text));
      const headers = { ...this.#headers, "Content-Type": type };
      const asked = await ask(this.#at(name), { method: "POST", headers, body, signal });
      if (asked.kind === "trouble") this.#close(null, `${name}: ${asked.message}`);
      else if (asked.status !== 204 && asked.status !== 200)
        this.#close(asked.status, `HTTP ${asked.status} to ${name}`);
    });
  }

  async end(): Promise<void> {
    await withTimeout(endLimitMs, this.#tail);
    this.#over.abort();
    this.#break();
  }

  /** Returns the request that sends messages: a form's for jsonp-polling, like that of sockjs-client. */
  #sending(messages: string): { readonly name: string; readonly type: string; readonly body: string } {
    if (this.#receiving.framing !== "script")
      return { name: "xhr_send", type: "text/plain;charset=UTF-8", body: messages };
    const body = String(new URLSearchParams({ d: messages }));
    return { name: "jsonp_send", type: "application/x-www-form-urlencoded", body };
  }

  #receive(): void {
    if (this.#over.signal.aborted) return;
    const { method, wireName: name, framing } = this.#receiving;
    const url = this.#at(name);
    if (framing === "html" || framing === "script") url.searchParams.set("c", callback);
    const headers = { ...this.#headers, ...(method === "POST" ? { "Content-Length": "0" } : {}) };
    const request = open(url, { method, headers });
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
