import { isEscaped } from "./frame.ts";
import type { Frame, Version, Violation } from "./frame.ts";

/** How large a frame may be. Sizes are in bytes. */
export interface FrameLimits {
  readonly maxHeaders: number;
  /** Of one line: the command, or one header with its name. */
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
}

export type Decoded =
  { readonly kind: "frame"; readonly frame: Frame } | ({ readonly kind: "violation" } & Violation);

const NUL = 0;
const LF = 10;
const CR = 13;

const unescapes: Readonly<Record<string, string>> = { "\\\\": "\\", "\\n": "\n", "\\c": ":", "\\r": "\r" };

/** Turns the bytes of one connection into frames. After a violation it reads no further. */
export class Decoder {
  /** Set once it is negotiated: escaping and line ends depend on it. */
  version: Version = "1.2";
  private readonly limits: FrameLimits;
  private readonly utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  private unread: Buffer = Buffer.alloc(0);
  /** Bytes of `unread` that are known not to hold what is looked for. */
  private searched = 0;
  /** What is read next, and what was read of the frame so far. */
  private stage: "command" | "headers" | "body" | "nothing more" = "command";
  private command = "";
  private headers = new Map<string, string>();
  private headerCount = 0;
  private bodyBytes: number | null = null;

  constructor(limits: FrameLimits) {
    this.limits = limits;
  }

  /** Whether a frame has begun and not ended. */
  get isPartial(): boolean {
    return this.stage !== "command" || this.unread.length > 0;
  }

  /** The frames that `chunk` completes, one by one, so that `version` may change in between. */
  *read(chunk: Buffer | string): Generator<Decoded, void, undefined> {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    this.unread = this.unread.length === 0 ? bytes : Buffer.concat([this.unread, bytes]);
    try {
      for (let next = this.next(); next !== null; next = this.next()) yield { kind: "frame", frame: next };
    } catch (problem) {
      if (!(problem instanceof DecodeError)) throw problem;
      this.stage = "nothing more";
      yield { kind: "violation", message: problem.message, closeCode: problem.closeCode };
    }
  }

  private next(): Frame | null {
    if (this.stage === "command") this.readCommand();
    if (this.stage === "headers") this.readHeaders();
    return this.stage === "body" ? this.readBody() : null;
  }

  private readCommand(): void {
    let start = 0;
    while (this.unread[start] === LF || (this.unread[start] === CR && this.unread[start + 1] === LF)) start++;
    this.consume(start);
    const line = this.readLine();
    if (line === null) return;
    this.command = line;
    this.stage = "headers";
  }

  private readHeaders(): void {
    for (let line = this.readLine(); line !== null; line = this.readLine()) {
      if (line === "") {
        this.bodyBytes = this.declaredBodyBytes();
        this.stage = "body";
        return;
      }
      this.addHeader(line);
    }
  }

  private readBody(): Frame | null {
    const end = this.bodyBytes ?? this.unread.indexOf(NUL, this.searched);
    const known = end === -1 ? this.unread.length : end;
    if (known > this.limits.maxBodyBytes) {
      throw new DecodeError(`a body may hold ${this.limits.maxBodyBytes} bytes at most`, 1009);
    }
    if (end === -1 || this.unread.length <= end) {
      this.searched = this.unread.length;
      return null;
    }
    if (this.unread[end] !== NUL) throw new DecodeError("the body is longer than its content-length says");
    const frame = { command: this.command, headers: this.headers, body: this.text(0, end) };
    this.consume(end + 1);
    this.stage = "command";
    this.headers = new Map();
    this.headerCount = 0;
    return frame;
  }

  /** The next line without its end, or null until all of it is here. */
  private readLine(): string | null {
    const end = this.unread.indexOf(LF, this.searched);
    const line = this.unread.subarray(0, end === -1 ? this.unread.length : end);
    if (line.length > this.limits.maxHeaderBytes) {
      throw new DecodeError(`a header may hold ${this.limits.maxHeaderBytes} bytes at most`, 1009);
    }
    if (line.includes(NUL, this.searched))
      throw new DecodeError("the frame ends before the blank line after its headers");
    if (end === -1) {
      this.searched = this.unread.length;
      return null;
    }
    const text = this.text(0, this.version === "1.2" && line.at(-1) === CR ? end - 1 : end);
    this.consume(end + 1);
    return text;
  }

  private addHeader(line: string): void {
    if (++this.headerCount > this.limits.maxHeaders) {
      throw new DecodeError(`a frame may have ${this.limits.maxHeaders} headers at most`, 1009);
    }
    const colon = line.indexOf(":");
    if (colon < 1) throw new DecodeError("a header must be written name:value");
    const read = isEscaped(this.command, this.version) ? (text: string) => this.unescape(text) : asIs;
    const name = read(line.slice(0, colon));
    const value = read(line.slice(colon + 1));
    if (!this.headers.has(name)) this.headers.set(name, this.version === "1.0" ? value.trim() : value);
  }

  private unescape(text: string): string {
    return text.replace(/\\.?/gsu, (escape) => {
      const char = this.version === "1.1" && escape === "\\r" ? undefined : unescapes[escape];
      if (char === undefined)
        throw new DecodeError(`${JSON.stringify(escape)} is no escape of STOMP ${this.version}`);
      return char;
    });
  }

  private declaredBodyBytes(): number | null {
    const declared = this.headers.get("content-length");
    if (declared === undefined) return null;
    if (!/^\d{1,15}$/.test(declared)) throw new DecodeError("content-length must be a number of bytes");
    return Number(declared);
  }

  private text(start: number, end: number): string {
    try {
      return this.utf8.decode(this.unread.subarray(start, end));
    } catch {
      throw new DecodeError("the frame is not valid UTF-8");
    }
  }

  private consume(bytes: number): void {
    this.unread = this.unread.subarray(bytes);
    this.searched = 0;
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
