import { isEscaped } from "./frame.ts";
import type { Frame, Version, Violation } from "./frame.ts";

/** Size limits of a frame. */
export interface FrameLimits {
  readonly maxHeaders: number;
  /** Maximum size of one line: the command, or a header with its name. */
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
}

export type Decoded =
  { readonly kind: "frame"; readonly frame: Frame } | ({ readonly kind: "violation" } & Violation);

const NUL = 0;
const LF = 10;
const CR = 13;

const unescapes: Readonly<Record<string, string>> = { "\\\\": "\\", "\\n": "\n", "\\c": ":", "\\r": "\r" };

/** Decodes the bytes of one connection into frames. Decoding stops after a violation. */
export class Decoder {
  /** Negotiated version, on which escapes and line ends depend. The session sets it after CONNECT. */
  version: Version = "1.2";
  readonly #limits: FrameLimits;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #unread: Buffer = Buffer.alloc(0);
  /** Number of bytes at the start of `unread` that the current search has already covered. */
  #searched = 0;
  /** Part of the frame that is decoded next. The fields below hold the parts decoded so far. */
  #stage: "command" | "headers" | "body" | "stopped" = "command";
  #command = "";
  #headers = new Map<string, string>();
  #headerCount = 0;
  #bodyBytes: number | null = null;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** Returns true if a frame has begun and not ended. */
  get isPartial(): boolean {
    return this.#stage !== "command" || this.#unread.length > 0;
  }

  /** Yields the frames that `chunk` completes. The caller may change `version` between two of them. */
  *read(chunk: Buffer | string): Generator<Decoded, void, undefined> {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    try {
      for (let next = this.#next(); next !== null; next = this.#next()) yield { kind: "frame", frame: next };
    } catch (problem) {
      if (!(problem instanceof DecodeError)) throw problem;
      this.#stage = "stopped";
      yield { kind: "violation", message: problem.message, closeCode: problem.closeCode };
    }
  }

  #next(): Frame | null {
    if (this.#stage === "command") this.#readCommand();
    if (this.#stage === "headers") this.#readHeaders();
    return this.#stage === "body" ? this.#readBody() : null;
  }

  #readCommand(): void {
    let start = 0;
    while (this.#unread[start] === LF || (this.#unread[start] === CR && this.#unread[start + 1] === LF))
      start++;
    this.#consume(start);
    const line = this.#readLine();
    if (line === null) return;
    this.#command = line;
    this.#stage = "headers";
  }

  #readHeaders(): void {
    for (let line = this.#readLine(); line !== null; line = this.#readLine()) {
      if (line === "") {
        this.#bodyBytes = this.#declaredBodyBytes();
        this.#stage = "body";
        return;
      }
      this.#addHeader(line);
    }
  }

  #readBody(): Frame | null {
    const end = this.#bodyBytes ?? this.#unread.indexOf(NUL, this.#searched);
    const known = end === -1 ? this.#unread.length : end;
    if (known > this.#limits.maxBodyBytes) {
      throw new DecodeError(`a body may have at most ${this.#limits.maxBodyBytes} bytes`, 1009);
    }
    if (end === -1 || this.#unread.length <= end) {
      this.#searched = this.#unread.length;
      return null;
    }
    if (this.#unread[end] !== NUL) throw new DecodeError("the body is longer than its content-length says");
    const frame = { command: this.#command, headers: this.#headers, body: this.#text(0, end) };
    this.#consume(end + 1);
    this.#stage = "command";
    this.#headers = new Map();
    this.#headerCount = 0;
    return frame;
  }

  /** Returns the next line without its end, or null if the line is incomplete. */
  #readLine(): string | null {
    const end = this.#unread.indexOf(LF, this.#searched);
    const line = this.#unread.subarray(0, end === -1 ? this.#unread.length : end);
    if (line.length > this.#limits.maxHeaderBytes) {
      throw new DecodeError(`a header may have at most ${this.#limits.maxHeaderBytes} bytes`, 1009);
    }
    if (line.includes(NUL, this.#searched))
      throw new DecodeError("the frame ends before the blank line after its headers");
    if (end === -1) {
      this.#searched = this.#unread.length;
      return null;
    }
    const text = this.#text(0, this.version === "1.2" && line.at(-1) === CR ? end - 1 : end);
    this.#consume(end + 1);
    return text;
  }

  #addHeader(line: string): void {
    if (++this.#headerCount > this.#limits.maxHeaders) {
      throw new DecodeError(`a frame may have at most ${this.#limits.maxHeaders} headers`, 1009);
    }
    const colon = line.indexOf(":");
    if (colon < 1) throw new DecodeError("a header must have the form name:value");
    const read = isEscaped(this.#command, this.version) ? (text: string) => this.#unescape(text) : asIs;
    const name = read(line.slice(0, colon));
    const value = read(line.slice(colon + 1));
    if (!this.#headers.has(name)) this.#headers.set(name, this.version === "1.0" ? value.trim() : value);
  }

  #unescape(text: string): string {
    return text.replace(/\\.?/gsu, (escape) => {
      const char = this.version === "1.1" && escape === "\\r" ? undefined : unescapes[escape];
      if (char === undefined)
        throw new DecodeError(`${JSON.stringify(escape)} is not an escape of STOMP ${this.version}`);
      return char;
    });
  }

  #declaredBodyBytes(): number | null {
    const declared = this.#headers.get("content-length");
    if (declared === undefined) return null;
    if (!/^\d{1,15}$/.test(declared)) throw new DecodeError("content-length must be a number of bytes");
    return Number(declared);
  }

  #text(start: number, end: number): string {
    try {
      return this.#utf8.decode(this.#unread.subarray(start, end));
    } catch {
      throw new DecodeError("the frame is not valid UTF-8");
    }
  }

  #consume(bytes: number): void {
    this.#unread = this.#unread.subarray(bytes);
    this.#searched = 0;
  }
}

class DecodeError extends Error {
  readonly closeCode: Violation["closeCode"];

  constructor(message: string, closeCode: Violation["closeCode"] = 1002) {
    super(message);
    this.closeCode = closeCode;
  }
}

function asIs(text: string): string {
  return text;
}
