import { ByteQueue } from "./byte-queue.ts";

export interface StompFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const newline = 0x0a;
const nul = 0x00;

/** Frames without escapes. STOMP 1.2, "Value Encoding": CONNECT and CONNECTED escape nothing, for 1.0. */
const unescaped: readonly string[] = ["CONNECT", "CONNECTED"];
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c" };
const unescapes: Readonly<Record<string, string>> = { "\\\\": "\\", "\\r": "\r", "\\n": "\n", "\\c": ":" };

/** Encodes a correct frame. A frame with a body gets a `content-length`. */
export function encodeStomp(
  command: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): string {
  const escape = unescaped.includes(command)
    ? (text: string) => text
    : (text: string) => text.replace(/[\\\r\n:]/g, (special) => escapes[special] ?? special);
  const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...headers, ...length }).map(
    ([name, value]) => `${escape(name)}:${escape(value)}\n`,
  );
  return `${command}\n${lines.join("")}\n${body}\0`;
}

/** A frame without its body. */
interface Head {
  readonly command: string;
  readonly headers: Record<string, string>;
}

/** Decodes the frames of a server. Line ends between them are heartbeats, and are dropped. */
export class StompDecoder {
  readonly #queue = new ByteQueue();
  readonly #limitBytes: number;
  readonly #limitHeadBytes: number;
  #lines: string[] = [];
  #linesBytes = 0;
  #head: Head | undefined;

  /**
   * @param limitBytes maximum length of a body
   * @param limitHeadBytes maximum length of command and headers
   */
  constructor(limitBytes: number, limitHeadBytes: number) {
    this.#limitBytes = limitBytes;
    this.#limitHeadBytes = limitHeadBytes;
  }

  /**
   * Decodes the next bytes, in pieces of any size.
   * @returns the frames that they complete
   * @throws Error if they break the protocol or exceed a limit; later bytes can't be decoded
   */
  push(piece: Uint8Array): StompFrame[] {
    this.#queue.push(piece);
    const frames: StompFrame[] = [];
    for (;;) {
      this.#head ??= this.#readHead();
      const body = this.#head === undefined ? undefined : this.#readBody(this.#head);
      if (this.#head === undefined || body === undefined) break;
      frames.push({ ...this.#head, body });
      this.#head = undefined;
    }
    const limit = this.#head === undefined ? this.#limitHeadBytes : this.#limitBytes + 1;
    if (this.#queue.length > limit) throw new Error(`a STOMP frame is beyond the limit of ${limit} bytes`);
    return frames;
  }

  #readHead(): Head | undefined {
    for (
      let line = this.#queue.takeUntil(newline);
      line !== undefined;
      line = this.#queue.takeUntil(newline)
    ) {
      const text = String(line).replace(/\r$/, "");
      if (text !== "") {
        this.#lines.push(text);
        this.#linesBytes += line.length + 1;
        if (this.#linesBytes > this.#limitHeadBytes)
          throw new Error(`a STOMP frame's headers are beyond the limit of ${this.#limitHeadBytes} bytes`);
      } else if (this.#lines.length > 0) {
        const head = parseHead(this.#lines);
        this.#lines = [];
        this.#linesBytes = 0;
        return head;
      }
    }
    return undefined;
  }

  #readBody({ command, headers }: Head): string | undefined {
    const claimed = headers["content-length"];
    if (claimed === undefined) return this.#queue.takeUntil(nul)?.toString();
    if (!/^\d{1,15}$/.test(claimed)) throw new Error(`${command} had the content-length "${claimed}"`);
    const length = Number(claimed);
    if (length > this.#limitBytes) {
      throw new Error(`a STOMP body of ${length} bytes is beyond the limit of ${this.#limitBytes}`);
    }
    const body = this.#queue.take(length + 1);
    if (body !== undefined && body[length] !== nul) {
      throw new Error(`${command} had no NUL after the ${length} bytes of its content-length`);
    }
    return body?.subarray(0, length).toString();
  }
}

function parseHead([command = "", ...lines]: readonly string[]): Head {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  const unescape = unescaped.includes(command) ? (text: string) => text : unescapeText;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) throw new Error(`${command} had a header without a colon: "${line}"`);
    const name = unescape(line.slice(0, colon));
    // "Repeated Header Entries": the first one counts.
    headers[name] ??= unescape(line.slice(colon + 1));
  }
  return { command, headers };
}

function unescapeText(text: string): string {
  return text.replace(/\\.?/gs, (sequence) => {
    const plain = unescapes[sequence];
    if (plain === undefined) throw new Error(`a STOMP header had the undefined escape "${sequence}"`);
    return plain;
  });
}
