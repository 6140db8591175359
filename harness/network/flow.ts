import type { Socket } from "node:net";
import { isPong } from "./frame.ts";
import type { Direction, Traffic } from "./traffic.ts";

/** How what arrives one way goes on. */
export type Shape =
  | { readonly kind: "pass" }
  /** It is read and gone for good; ends of connections, too. */
  | { readonly kind: "swallow" }
  /** It is kept until the shape changes. Beyond `limitBytes` nothing more is read. */
  | { readonly kind: "hold"; readonly limitBytes: number }
  /** Each piece goes on that much later, none before the one ahead of it. */
  | { readonly kind: "delay"; readonly nextDelayMs: () => number }
  /** One byte at a time. */
  | { readonly kind: "trickle"; readonly everyMs: number }
  /** The piece of which `keep` names a number of bytes goes on that far, and `onCut` ends its connection. */
  | {
      readonly kind: "cut";
      readonly keep: (piece: Buffer) => number | undefined;
      readonly onCut: (cut: { readonly keptBytes: number; readonly ofBytes: number }) => void;
    };

/** What waits in one direction of one connection may not be more; beyond it, its sender is made to wait. */
export const backlogLimitBytes = 1_048_576;

/** What an RST takes on the loopback, and room. */
const answerMs = 20;

type End = "fin" | "rst";

interface Piece {
  readonly what: Buffer | End;
  readonly arrivedAtMs: number;
  readonly dueAtMs: number;
}

/** Where a flow belongs, and whom it tells. */
export interface FlowOptions {
  readonly direction: Direction;
  readonly traffic: Traffic;
  /** The case's clock, in milliseconds. */
  readonly now: () => number;
  readonly shape: Shape;
  readonly onEndPassed: () => void;
}

/** One direction of one connection: takes what arrives at `from`, in order, to `to`. An end goes on in kind. */
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

  /** From now on things go on like this. What was waiting goes on at once, unless it is to be kept or swallowed. */
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
    // As on a network, a reset overtakes what was sent before it.
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
      // Its `drain` or `close` comes back to this.
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
    // On a busy machine the target may answer before this process has its next turn: what it did is never before this.
    const passedAtMs = now();
    this.#to.write(what);
    if (this.#to.readableEnded) this.#askIfGone();
    traffic.notePassed({ direction, bytes: what.length, arrivedAtMs, passedAtMs }, isPong(what));
  }

  /**
   * One that has sent its FIN may only have ended its half, or be gone, in which case its system answers what was just
   * written with an RST. Nothing reads from it any more and would be told, but a write is, also one of nothing. Left alone,
   * the sender would go on for a piece longer than without a proxy.
   */
  #askIfGone(): void {
    const to = this.#to;
    setTimeout(() => to.writable && to.write(""), answerMs).unref();
  }

  /** Makes the sender wait while too much is waiting, and no longer. */
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
