import type { Socket } from "node:net";
import { isPong } from "./frame.ts";
import type { Direction, Traffic } from "./traffic.ts";

/** Treatment of the bytes in one direction. */
export type Shape =
  | { readonly kind: "pass" }
  /** Discards bytes and ends of connections. */
  | { readonly kind: "swallow" }
  /** Keeps bytes until the shape changes. Reads at most `limitBytes`. */
  | { readonly kind: "hold"; readonly limitBytes: number }
  /** Delays each piece, and keeps their order. */
  | { readonly kind: "delay"; readonly nextDelayMs: () => number }
  /** Passes one byte at a time. */
  | { readonly kind: "trickle"; readonly everyMs: number }
  /** Passes the first bytes of a piece, as many as `keep` returns. `onCut` then ends the connection. */
  | {
      readonly kind: "cut";
      readonly keep: (piece: Buffer) => number | undefined;
      readonly onCut: (cut: { readonly keptBytes: number; readonly ofBytes: number }) => void;
    };

/** Maximum number of waiting bytes in one direction of a connection. Above it the sender has to wait. */
export const backlogLimitBytes = 1_048_576;

/** Time for an RST on the loopback, with a margin, in milliseconds. */
const answerMs = 20;

type End = "fin" | "rst";

interface Piece {
  readonly what: Buffer | End;
  readonly arrivedAtMs: number;
  readonly dueAtMs: number;
}

/** Options of a flow. */
export interface FlowOptions {
  readonly direction: Direction;
  readonly traffic: Traffic;
  /** The case's clock, in milliseconds. */
  readonly now: () => number;
  readonly shape: Shape;
  readonly onEndPassed: () => void;
}

/** One direction of a connection: passes bytes from `from` to `to`, in order. FIN and RST go on as such. */
export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #options: FlowOptions;
  #shape: Shape;
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, options: FlowOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
    this.#shape = options.shape;
    from.on("data", (bytes) => this.#arrive(bytes));
    from.once("end", () => this.#arrive("fin"));
    from.once("error", () => this.#arrive("rst"));
    from.once("close", () => {
      if (!this.#ended) this.#arrive("rst");
    });
    to.on("drain", () => this.#release());
    to.once("close", () => clearTimeout(this.#timer));
  }

  /** Sets the shape. Waiting bytes go on at once, unless the shape holds or swallows them. */
  reshape(shape: Shape): void {
    this.#shape = shape;
    if (shape.kind === "swallow") this.#empty();
    const dueAtMs = shape.kind === "hold" ? Infinity : 0;
    this.#queue = this.#queue.map((piece) => ({ ...piece, dueAtMs }));
    this.#release();
  }

  #arrive(what: Buffer | End): void {
    const { traffic, direction, now } = this.#options;
    const shape = this.#shape;
    const bytes = sizeOf(what);
    if (typeof what === "string") this.#ended = true;
    if (shape.kind === "swallow") return traffic.noteKept({ direction, bytes });
    if (shape.kind === "cut" && typeof what !== "string") {
      const keptBytes = shape.keep(what);
      if (keptBytes !== undefined) {
        if (keptBytes > 0) this.#pass({ what: what.subarray(0, keptBytes), arrivedAtMs: now(), dueAtMs: 0 });
        return shape.onCut({ keptBytes, ofBytes: bytes });
      }
    }
    // As on a network, a reset overtakes earlier bytes.
    if (what === "rst" && shape.kind === "pass") this.#empty();
    this.#queue.push({ what, arrivedAtMs: now(), dueAtMs: this.#dueAtMs() });
    this.#queuedBytes += bytes;
    if (shape.kind === "hold") traffic.noteKept({ direction, bytes });
    this.#release();
  }

  #dueAtMs(): number {
    const aheadMs = this.#queue.at(-1)?.dueAtMs ?? 0;
    switch (this.#shape.kind) {
      case "hold":
        return Infinity;
      case "delay":
        return Math.max(aheadMs, this.#options.now() + this.#shape.nextDelayMs());
      case "trickle":
        return Math.max(aheadMs, this.#options.now() + this.#shape.everyMs);
      case "pass":
      case "swallow":
      case "cut":
        return aheadMs;
    }
  }

  #release(): void {
    clearTimeout(this.#timer);
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      // The `drain` or `close` of the socket calls this again.
      if (typeof head.what !== "string" && this.#to.writableNeedDrain && !this.#to.destroyed) break;
      const waitMs = head.dueAtMs - this.#options.now();
      if (waitMs > 0) {
        if (waitMs !== Infinity) this.#timer = setTimeout(() => this.#release(), Math.ceil(waitMs));
        break;
      }
      this.#queue.shift();
      this.#passHead(head);
    }
    this.#regulate();
  }

  #passHead(head: Piece): void {
    const { what } = head;
    const shape = this.#shape;
    if (shape.kind !== "trickle" || typeof what === "string" || what.length === 1) {
      this.#queuedBytes -= sizeOf(what);
      return this.#pass(head);
    }
    this.#queuedBytes -= 1;
    this.#pass({ ...head, what: what.subarray(0, 1) });
    this.#queue.unshift({
      ...head,
      what: what.subarray(1),
      dueAtMs: this.#options.now() + shape.everyMs,
    });
  }

  #pass({ what, arrivedAtMs }: Piece): void {
    const { traffic, direction, now, onEndPassed } = this.#options;
    if (typeof what === "string") {
      if (what === "fin") this.#to.end();
      else this.#to.resetAndDestroy();
      return onEndPassed();
    }
    if (!this.#to.writable) return;
    // Taken before the write: on a busy machine the target may act before this process runs again.
    const passedAtMs = now();
    this.#to.write(what);
    if (this.#to.readableEnded) this.#askIfGone();
    traffic.notePassed({ direction, bytes: what.length, arrivedAtMs, passedAtMs }, isPong(what));
  }

  /**
   * Writes nothing to a socket after its FIN, to detect an RST. A peer that sent FIN may have ended its half only, or be gone.
   * The system of a gone peer answers bytes with an RST, and only a write reports it, even an empty one. Otherwise the sender
   * would continue one piece longer than without a proxy.
   */
  #askIfGone(): void {
    const to = this.#to;
    setTimeout(() => to.writable && to.write(""), answerMs).unref();
  }

  /** Makes the sender wait while too many bytes wait. */
  #regulate(): void {
    const limitBytes = this.#shape.kind === "hold" ? this.#shape.limitBytes : backlogLimitBytes;
    if (this.#queuedBytes > limitBytes) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }

  #empty(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }
}

const sizeOf = (what: Buffer | End): number => (typeof what === "string" ? 0 : what.length);
