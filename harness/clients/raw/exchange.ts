import {
  encodeRequest,
  ResponseDecoder,
  setCookiesIn,
  type HttpRequest,
  type ResponseHead,
} from "./codec/http-message.ts";
import { limits } from "./limits.ts";
import { Line, type Destination, type LineListener, type SendPace } from "./line.ts";

/** Listener of one response. `ended` is the last call; without an error the response was complete. */
export interface ExchangeListener {
  readonly head: (head: ResponseHead) => void;
  /** May throw. The exchange then ends with that error. */
  readonly body: (bytes: Buffer) => void;
  readonly ended: (error?: Error) => void;
}

/** An HTTP request and its response, on their own connection. */
export class Exchange {
  readonly #line: Promise<Line>;
  #opened: Line | undefined;
  #over = false;
  #path = "/";

  /** Connects at once. `ended` reports all errors, also of connecting. */
  constructor(to: Destination, listener: ExchangeListener) {
    this.#line = Line.open(to, this.#reading(to, listener)).then((line) => (this.#opened = line));
    this.#line.catch(() => undefined);
  }

  /** Sends the request. The connection is used once. */
  async send(request: HttpRequest, pace?: SendPace): Promise<void> {
    this.#path = request.path;
    const headers = { ...request.headers, Connection: "close" };
    await this.write(encodeRequest({ ...request, headers }), pace);
  }

  async write(bytes: string | Uint8Array, pace?: SendPace): Promise<void> {
    const line = await this.#line;
    if (this.#over) throw new Error("the request is over");
    await line.write(bytes, pace);
  }

  pause(): void {
    this.#opened?.pause();
  }

  resume(): void {
    this.#opened?.resume();
  }

  /** Breaks the exchange off, without further calls of the listener. */
  destroy(): void {
    this.#over = true;
    this.#line.then((line) => line.destroy()).catch(() => undefined);
  }

  #reading({ cookieJar, target }: Destination, listener: ExchangeListener): LineListener {
    const decoder = new ResponseDecoder(limits.headBytes);
    const finish = (error?: Error) => {
      if (this.#over) return;
      this.#over = true;
      this.#opened?.end();
      listener.ended(error);
    };
    const pass = (parts: ReturnType<ResponseDecoder["push"]>) => {
      for (const part of parts) {
        if (this.#over) return;
        if (part.kind === "head") {
          cookieJar?.take(setCookiesIn(part.head), new URL(this.#path, target));
          listener.head(part.head);
        } else if (part.kind === "body") listener.body(part.bytes);
        else if (part.kind === "end") finish();
        else throw new Error("the target upgraded a request that did not ask for it");
      }
    };
    return {
      bytes: (piece) => pass(decoder.push(piece)),
      ended: (error) => {
        if (error !== undefined) return finish(error);
        try {
          pass(decoder.finish());
        } catch (incomplete) {
          finish(incomplete as Error);
        }
      },
    };
  }
}
