import { encodeStomp, StompDecoder, type StompFrame } from "../../harness/clients/raw/codec/stomp-frame.ts";
import { limits } from "../../harness/clients/raw/limits.ts";
import type { Wire } from "./sockjs.ts";
import { openWire, type WireEndpoint, type WireOptions, type WireTransport } from "./wire.ts";

/** Event of a talk, with its time on the monotonic clock in milliseconds. */
export type TalkEvent = { readonly atMs: number } & (
  | { readonly kind: "opened" }
  | { readonly kind: "frame"; readonly frame: StompFrame }
  /** STOMP's heartbeat: a line end. */
  | { readonly kind: "stomp-beat" }
  /** Transport's heartbeat: SockJS's `h`, or a WebSocket ping. */
  | { readonly kind: "sockjs-beat"; readonly as: "h" | "ping" }
  | { readonly kind: "closed"; readonly code: number | null; readonly reason: string }
);

export type SeenAs<K extends TalkEvent["kind"]> = Extract<TalkEvent, { kind: K }>;

/** Limit for one talk, in characters. Everything beyond is ignored. */
const limitChars = 4_194_304;

/** Session with the target that remembers all events. */
export class RecordedSession {
  readonly beganAtMs = performance.now();
  readonly #seen: TalkEvent[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #decoder = new StompDecoder(limits.messageBytes, limits.headBytes);
  readonly #wire: Wire;
  #isConnected = false;
  #chars = 0;

  /** Opens the session at once. An error becomes `closed`. */
  constructor(to: WireEndpoint, transport: WireTransport, options: WireOptions = {}) {
    this.#wire = openWire(to, transport, options, {
      opened: () => this.#note({ kind: "opened", atMs: performance.now() }),
      text: (text) => this.#read(text),
      beat: (as) => this.#note({ kind: "sockjs-beat", as, atMs: performance.now() }),
      closed: (code, reason) => this.#note({ kind: "closed", code, reason, atMs: performance.now() }),
    });
  }

  /** Returns the events of that kind so far. */
  all<K extends TalkEvent["kind"]>(kind: K): SeenAs<K>[] {
    return this.#seen.filter((seen): seen is SeenAs<K> => seen.kind === kind);
  }

  get closed(): SeenAs<"closed"> | undefined {
    return this.all("closed")[0];
  }

  /**
   * Returns the first result of `pick` over past and future events.
   * @returns undefined after the time limit in milliseconds, or when the talk ends without one
   */
  async find<T>(pick: (seen: TalkEvent) => T | undefined, limitMs: number): Promise<T | undefined> {
    let next = 0;
    return new Promise((resolve) => {
      const look = () => {
        for (; next < this.#seen.length; next += 1) {
          const seen = this.#seen[next];
          const picked = seen === undefined ? undefined : pick(seen);
          if (picked !== undefined) {
            finish(picked);
            return;
          }
        }
        if (this.closed !== undefined) finish(undefined);
      };
      const finish = (picked: T | undefined) => {
        clearTimeout(expiry);
        this.#waiting.delete(look);
        resolve(picked);
      };
      const expiry = setTimeout(() => finish(undefined), Math.max(0, limitMs));
      this.#waiting.add(look);
      look();
    });
  }

  /** Returns the first event of that kind, like `find`. */
  first<K extends TalkEvent["kind"]>(kind: K, limitMs: number): Promise<SeenAs<K> | undefined> {
    return this.find((seen) => (seen.kind === kind ? (seen as SeenAs<K>) : undefined), limitMs);
  }

  stomp(command: string, headers: Readonly<Record<string, string>>, body?: string): void {
    this.#wire.send(encodeStomp(command, headers, body));
  }

  /** Sends STOMP's heartbeat. */
  beat(): void {
    this.#wire.send("\n");
  }

  /** Ends the session and frees everything. */
  async end(): Promise<void> {
    if (this.#isConnected && this.closed === undefined) this.stomp("DISCONNECT", {});
    await this.#wire.end();
  }

  #read(text: string): void {
    const atMs = performance.now();
    this.#chars += text.length;
    if (/^[\r\n]+$/.test(text)) this.#note({ kind: "stomp-beat", atMs });
    try {
      for (const frame of this.#decoder.push(Buffer.from(text))) {
        if (frame.command === "CONNECTED") this.#isConnected = true;
        this.#note({ kind: "frame", frame, atMs });
      }
    } catch (error) {
      this.#giveUp(`no STOMP: ${(error as Error).message}`, atMs);
    }
  }

  #giveUp(reason: string, atMs: number): void {
    this.#note({ kind: "closed", code: null, reason, atMs });
    void this.#wire.end();
  }

  #note(seen: TalkEvent): void {
    if (this.closed !== undefined) return;
    // Even events without content take memory.
    this.#chars += 64;
    const isTooMuch = this.#chars > limitChars && seen.kind !== "closed";
    if (isTooMuch) return this.#giveUp("the target never stops sending", seen.atMs);
    this.#seen.push(seen);
    for (const look of [...this.#waiting]) look();
  }
}
