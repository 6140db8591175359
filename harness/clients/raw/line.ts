import { IncompleteResponse } from "./codec/http-message.ts";
import { connect, isIP, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import type { CookieJar } from "../cookie-jar.ts";
import { limits } from "./limits.ts";

/** Destination of a raw client's connections, with their common limits. */
export interface Destination {
  /** Port of the actor's proxy on the loopback. */
  readonly proxyPort: number;
  /** The target. TLS uses its name. */
  readonly target: URL;
  /** Time limit for connecting, and for each write until the target has taken the bytes in, in milliseconds. */
  readonly timeoutMs: number;
  /** Counter that all connections of one client share. */
  readonly received: { bytes: number };
  /** Takes the target's cookies. */
  readonly cookieJar?: CookieJar | undefined;
}

/** Distribution of bytes over time. */
export interface SendPace {
  /** Time between two pieces, in milliseconds. */
  readonly everyMs: number;
  /** One byte by default. */
  readonly pieceBytes?: number;
}

export interface LineListener {
  /** May throw. The line then ends with that error. */
  readonly bytes: (piece: Buffer) => void;
  /** Called once, after the last bytes. Without `error` the target ended the connection in order. */
  readonly ended: (error?: Error) => void;
}

/** A TCP or TLS connection to the target through the actor's proxy. Writes go out whole and in order. */
export class Line {
  readonly #socket: Socket;
  readonly #timeoutMs: number;
  readonly #over = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  private constructor(socket: Socket, timeoutMs: number) {
    this.#socket = socket;
    this.#timeoutMs = timeoutMs;
  }

  /** Opens a connection. Rejects if there is none within the destination's time limit. */
  static open(to: Destination, listener: LineListener): Promise<Line> {
    const socket = connectTo(to);
    const line = new Line(socket, to.timeoutMs);
    return new Promise((resolve, reject) => {
      const expire = setTimeout(
        () => socket.destroy(new Error(`no connection to ${to.target.host} within ${to.timeoutMs} ms`)),
        to.timeoutMs,
      );
      let trouble: Error | undefined;
      const end = () => {
        clearTimeout(expire);
        if (line.#over.signal.aborted) return;
        line.#over.abort(trouble ?? new Error("the connection is over"));
        reject(trouble ?? new Error(`${to.target.host} ended the connection at once`));
        listener.ended(trouble);
      };
      socket.once(isSecure(to.target) ? "secureConnect" : "connect", () => {
        clearTimeout(expire);
        resolve(line);
      });
      socket.on("data", (piece) => {
        if (line.#over.signal.aborted) return;
        try {
          count(to, piece);
          listener.bytes(piece);
        } catch (error) {
          socket.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      });
      socket.on("error", (error) => (trouble = error));
      socket.on("end", end).on("close", end);
    });
  }

  /** Writes after all earlier writes. Resolves when the system has taken the bytes; rejects if it can't. */
  write(bytes: string | Uint8Array, pace?: SendPace): Promise<void> {
    const written = this.#tail.then(() => this.#write(Buffer.from(bytes), pace));
    this.#tail = written.catch(() => undefined);
    return written;
  }

  async #write(bytes: Buffer, pace: SendPace | undefined): Promise<void> {
    if (pace === undefined) return this.#flush(bytes);
    const { everyMs, pieceBytes = 1 } = pace;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (at > 0) await sleep(everyMs, undefined, { signal: this.#over.signal });
      await this.#flush(bytes.subarray(at, at + pieceBytes));
    }
  }

  #flush(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#socket.writable) return reject(new Error("nothing can be written: the connection is over"));
      const expire = setTimeout(
        () => reject(new Error(`the target did not take ${bytes.length} bytes in ${this.#timeoutMs} ms`)),
        this.#timeoutMs,
      );
      this.#socket.write(bytes, (error) => {
        clearTimeout(expire);
        if (error === undefined || error === null) resolve();
        else reject(error);
      });
    });
  }

  /** Stops reading, so that the target's bytes pile up here, and then at the target. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the connection with FIN after all writes. */
  end(): void {
    void this.#tail.then(() => this.#socket.end());
  }

  /** Ends the connection at once, without calling the listener. */
  destroy(): void {
    this.#over.abort(new Error("the connection is over"));
    this.#socket.destroy();
  }
}

function connectTo({ proxyPort, target }: Destination): Socket {
  const socket = connect({ host: "127.0.0.1", port: proxyPort, noDelay: true });
  if (!isSecure(target)) return socket;
  const host = target.hostname.replace(/^\[(.*)\]$/, "$1");
  // TLS takes no address as a server name. It compares an address with the certificate only.
  const named = isIP(host) === 0 ? { servername: host } : {};
  const secured = connectTls({ socket, host, ...named, ALPNProtocols: ["http/1.1"] });
  socket.on("error", (error) => secured.destroy(error));
  return secured;
}

/** Returns true if the network ended the connection, not a decoder that met unreadable bytes. */
export const isNetworkError = (error: Error) => "syscall" in error || error instanceof IncompleteResponse;

const isSecure = ({ protocol }: URL) => protocol === "https:" || protocol === "wss:";

function count({ received }: Destination, piece: Buffer): void {
  received.bytes += piece.length;
  if (received.bytes > limits.totalBytes) {
    throw new Error(`the target sent more than ${limits.totalBytes} bytes to one client`);
  }
}
