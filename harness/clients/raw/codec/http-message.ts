import { ByteQueue } from "./byte-queue.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** Path and query of the address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Encodes a request (RFC 9112). A POST always has a Content-Length. */
export function encodeRequest({ method, path, headers, body = "" }: HttpRequest): Buffer {
  const length = method === "POST" ? { "Content-Length": String(Buffer.byteLength(body)) } : {};
  const lines = Object.entries({ ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** Headers by name in lower case. Repeated ones are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the Set-Cookie headers of a response. A comma within one is followed by no name. */
export const setCookiesIn = ({ headers }: ResponseHead): string[] =>
  headers["set-cookie"]?.split(/,\s*(?=[^;,=\s]+=)/) ?? [];

/** Part of a response. After `upgraded` the bytes belong to another protocol. */
export type ResponsePart =
  | { readonly kind: "head"; readonly head: ResponseHead }
  | { readonly kind: "body"; readonly bytes: Buffer }
  | { readonly kind: "upgraded"; readonly rest: Buffer }
  | { readonly kind: "end" };

type State =
  | { readonly at: "head"; readonly lines: string[]; bytes: number }
  | { readonly at: "sized"; left: number }
  | { readonly at: "chunk-size" }
  | { readonly at: "chunk"; left: number }
  | { readonly at: "chunk-end" }
  | { readonly at: "trailers" }
  | { readonly at: "until-close" }
  | { readonly at: "over" };

const newline = 0x0a;

/** The connection ended before the response did. What arrived of it was readable. */
export class IncompleteResponse extends Error {}

/** Decodes one response to a request other than HEAD (RFC 9112, sections 6 and 7). */
export class ResponseDecoder {
  readonly #queue = new ByteQueue();
  readonly #limitHeadBytes: number;
  #state: State = { at: "head", lines: [], bytes: 0 };

  /** @param limitHeadBytes maximum length of a head, chunk header or trailer */
  constructor(limitHeadBytes: number) {
    this.#limitHeadBytes = limitHeadBytes;
  }

  /**
   * Decodes the next bytes, in pieces of any size.
   * @throws Error if they are no HTTP/1 response or exceed the limit; later bytes can't be decoded
   */
  push(piece: Uint8Array): ResponsePart[] {
    this.#queue.push(piece);
    const parts: ResponsePart[] = [];
    for (let before: State | undefined; before !== this.#state;) {
      before = this.#state;
      parts.push(...this.#step(before));
    }
    if (this.#queue.length > this.#limitHeadBytes) {
      throw new Error(`an HTTP response has a line beyond the limit of ${this.#limitHeadBytes} bytes`);
    }
    return parts;
  }

  /**
   * Notes the end of the connection.
   * @throws IncompleteResponse if the response has not begun, or has not ended
   */
  finish(): ResponsePart[] {
    const { at } = this.#state;
    if (at === "over") return [];
    if (at !== "until-close") throw new IncompleteResponse("the connection ended within an HTTP response");
    this.#state = { at: "over" };
    return [{ kind: "end" }];
  }

  /** Makes one step. The state changes to another object exactly if there may be more to do. */
  #step(state: State): ResponsePart[] {
    switch (state.at) {
      case "head":
        return this.#readHead(state);
      case "sized":
        return this.#readSized(state, { at: "over" });
      case "chunk":
        return this.#readSized(state, { at: "chunk-end" });
      case "chunk-size":
        return this.#readChunkSize();
      case "chunk-end":
        return this.#readChunkEnd();
      case "trailers":
        return this.#readTrailer();
      case "until-close":
        return this.#takeAll();
      case "over":
        return [];
    }
  }

  #line(): string | undefined {
    return this.#queue.takeUntil(newline)?.toString("latin1").replace(/\r$/, "");
  }

  #takeAll(): ResponsePart[] {
    const bytes = this.#queue.take(this.#queue.length);
    return bytes === undefined || bytes.length === 0 ? [] : [{ kind: "body", bytes }];
  }

  #readHead(state: Extract<State, { at: "head" }>): ResponsePart[] {
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      if (line === "") return this.#beginBody(parseHead(state.lines));
      state.lines.push(line);
      state.bytes += line.length + 2;
      if (state.bytes > this.#limitHeadBytes)
        throw new Error(`an HTTP head is beyond the limit of ${this.#limitHeadBytes} bytes`);
    }
    return [];
  }

  #beginBody(head: ResponseHead): ResponsePart[] {
    const { status, headers } = head;
    const told: ResponsePart = { kind: "head", head };
    if (status === 101) {
      this.#state = { at: "over" };
      return [told, { kind: "upgraded", rest: this.#queue.take(this.#queue.length) ?? Buffer.alloc(0) }];
    }
    if (status < 200) {
      this.#state = { at: "head", lines: [], bytes: 0 };
      return [];
    }
    const length = headers["content-length"];
    if (status === 204 || status === 304 || length === "0") {
      this.#state = { at: "over" };
      return [told, { kind: "end" }];
    }
    if (/\bchunked$/i.test(headers["transfer-encoding"] ?? "")) this.#state = { at: "chunk-size" };
    else if (length === undefined) this.#state = { at: "until-close" };
    else if (/^\d{1,15}$/.test(length)) this.#state = { at: "sized", left: Number(length) };
    else throw new Error(`an HTTP response had the Content-Length "${length}"`);
    return [told];
  }

  #readSized(state: Extract<State, { left: number }>, next: State): ResponsePart[] {
    const bytes = this.#queue.take(Math.min(state.left, this.#queue.length)) ?? Buffer.alloc(0);
    state.left -= bytes.length;
    const parts: ResponsePart[] = bytes.length > 0 ? [{ kind: "body", bytes }] : [];
    if (state.left > 0) return parts;
    this.#state = next;
    return next.at === "over" ? [...parts, { kind: "end" }] : parts;
  }

  #readChunkSize(): ResponsePart[] {
    const line = this.#line();
    if (line === undefined) return [];
    const [, size] = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
    if (size === undefined) throw new Error(`an HTTP chunk had the size "${line.slice(0, 20)}"`);
    const left = parseInt(size, 16);
    this.#state = left === 0 ? { at: "trailers" } : { at: "chunk", left };
    return [];
  }

  #readChunkEnd(): ResponsePart[] {
    const line = this.#line();
    if (line === undefined) return [];
    if (line !== "") throw new Error("an HTTP chunk was longer than its size");
    this.#state = { at: "chunk-size" };
    return [];
  }

  #readTrailer(): ResponsePart[] {
    const line = this.#line();
    if (line === undefined) return [];
    this.#state = line === "" ? { at: "over" } : { at: "trailers" };
    return line === "" ? [{ kind: "end" }] : [];
  }
}

function parseHead([start = "", ...lines]: readonly string[]): ResponseHead {
  const [, status, reason = ""] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(start) ?? [];
  if (status === undefined) throw new Error(`no HTTP response: ${JSON.stringify(start.slice(0, 80))}`);
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error(`an HTTP header without a name: ${JSON.stringify(line.slice(0, 80))}`);
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: Number(status), reason, headers };
}
