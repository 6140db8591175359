import { deadlineMs } from "../reference-server/flow/core/deadlines.ts";
import type { CoreConfig, Effect, Input, Session } from "../reference-server/flow/core/model.ts";
import { isOver, openSession, step } from "../reference-server/flow/core/session.ts";
import type { Frame } from "../reference-server/stomp/frame.ts";
import { MemoryStore } from "./memory-store.ts";

/** Core under test. Tests of the simulation itself pass a defective core. */
export interface Core {
  readonly step: typeof step;
  readonly deadlineMs: typeof deadlineMs;
}

export const referenceCore: Core = { step, deadlineMs };

export type StoreOperation = "put" | "remove" | "roster";

/** Listener to the world's events. Times are virtual milliseconds. */
export interface Watcher<A extends Arrival> {
  /** Called at each moment with events, after all earlier events. */
  moment(nowMs: number): void;
  /** Called before the core handles its deadlines. */
  deadlines(nowMs: number): void;
  /** Called before an input reaches the server. */
  arrives(session: number, arrival: A, nowMs: number): void;
  /** Called when the server sends a frame, or null for a heartbeat. */
  sends(session: number, frame: Frame | null, nowMs: number): void;
  asksStore(session: number, to: StoreOperation): void;
  /** Called before the store answers. */
  storeAnswers(session: number, to: StoreOperation, ok: boolean, nowMs: number): void;
}

/** Input on its way to the server. */
export interface Arrival {
  readonly input: Input;
}

interface Live<A> {
  readonly index: number;
  session: Session;
  /** Time of the core's next deadline. */
  deadlineMs: number;
  /** Arrivals on their way to the server, in order. */
  readonly wire: { readonly atMs: number; readonly arrival: A }[];
}

type StoreEffect = Extract<Effect, { kind: "put" | "remove" | "read-roster" }>;

interface StoreWork<A> {
  readonly live: Live<A>;
  readonly effect: StoreEffect;
  readonly atMs: number;
  readonly ok: boolean;
}

/** Server core with clients, links and a store in memory. The clock is virtual and moves only in `runUntil`. */
export class World<A extends Arrival> {
  nowMs = 0;
  storeDelayMs = 0;
  storeFailsNext = false;
  readonly store = new MemoryStore();
  readonly lives: Live<A>[] = [];
  private readonly open = new Set<Live<A>>();
  private readonly storeWork: StoreWork<A>[] = [];
  private readonly config: CoreConfig;
  private readonly core: Core;
  private readonly watcher: Watcher<A>;
  /** Arrival for a client's answer to the server's close. */
  private readonly closed: A;

  constructor(config: CoreConfig, core: Core, watcher: Watcher<A>, closed: A) {
    this.config = config;
    this.core = core;
    this.watcher = watcher;
    this.closed = closed;
  }

  /** Opens a transport. Returns the number of its session. */
  openTransport(): number {
    const index = this.lives.length;
    const session = openSession(`id${index}`, `ref${index}`, this.nowMs);
    const live: Live<A> = {
      index,
      session,
      deadlineMs: this.core.deadlineMs(session, this.config),
      wire: [],
    };
    this.lives.push(live);
    this.open.add(live);
    return index;
  }

  /** Puts an arrival on the wire to the server. A wire keeps its order; a shorter delay never overtakes. */
  send(index: number, arrival: A, delayMs: number): void {
    const live = this.live(index);
    const lastMs = live.wire.at(-1)?.atMs ?? 0;
    live.wire.push({ atMs: Math.max(this.nowMs + delayMs, lastMs), arrival });
  }

  /** Cuts the wire. Arrivals that are still on it are lost. */
  cut(index: number, arrival: A): void {
    const live = this.live(index);
    live.wire.length = 0;
    live.wire.push({ atMs: this.nowMs, arrival });
  }

  /** Returns true while the client can send. */
  isOpen(index: number): boolean {
    return (
      this.live(index).session.connection === "open" &&
      !this.live(index).wire.some(({ arrival }) => arrival.input.kind === "connection-ended")
    );
  }

  /** Number of sessions that are not over. */
  get openCount(): number {
    return this.open.size;
  }

  /** Runs all events that are due up to `untilMs`. */
  runUntil(untilMs: number): void {
    for (let dueMs = this.nextDueMs(); dueMs <= untilMs && dueMs !== Infinity; dueMs = this.nextDueMs()) {
      this.nowMs = Math.max(dueMs, this.nowMs);
      this.watcher.moment(this.nowMs);
      if (this.arrive() || this.answer()) continue;
      this.watcher.deadlines(this.nowMs);
      for (const live of this.open) {
        if (live.deadlineMs <= this.nowMs) this.dispatch(live, { kind: "deadline" });
      }
    }
    if (untilMs !== Infinity) this.nowMs = Math.max(untilMs, this.nowMs);
  }

  private nextDueMs(): number {
    let dueMs = this.storeWork[0]?.atMs ?? Infinity;
    for (const live of this.open) {
      dueMs = Math.min(dueMs, live.wire[0]?.atMs ?? Infinity, live.deadlineMs);
    }
    return dueMs;
  }

  private arrive(): boolean {
    for (const live of this.open) {
      const [next] = live.wire;
      if (next === undefined || next.atMs > this.nowMs) continue;
      live.wire.shift();
      this.watcher.arrives(live.index, next.arrival, this.nowMs);
      this.dispatch(live, next.arrival.input);
      return true;
    }
    return false;
  }

  private answer(): boolean {
    const [work] = this.storeWork;
    if (work === undefined || work.atMs > this.nowMs) return false;
    this.storeWork.shift();
    const { live, effect, ok } = work;
    const during = effect.kind === "read-roster" ? "roster" : effect.kind;
    this.watcher.storeAnswers(live.index, during, ok, this.nowMs);
    this.dispatch(live, ok ? this.carryOut(effect) : { kind: "store-failed", during, reason: "simulated" });
    return true;
  }

  private carryOut(effect: StoreEffect): Input {
    switch (effect.kind) {
      case "put":
        return { kind: "stored", result: this.store.put(effect.mapping) };
      case "remove":
        return { kind: "removed", removed: this.store.remove(effect.sessionId) };
      case "read-roster":
        return { kind: "roster", subscription: effect.subscription, roster: this.store.roster() };
    }
  }

  private dispatch(live: Live<A>, input: Input): void {
    const [session, effects] = this.core.step(live.session, input, this.nowMs, this.config);
    live.session = session;
    for (const effect of effects) this.perform(live, effect);
    live.deadlineMs = this.core.deadlineMs(live.session, this.config);
    if (isOver(live.session)) this.open.delete(live);
  }

  private perform(live: Live<A>, effect: Effect): void {
    switch (effect.kind) {
      case "send":
        return this.watcher.sends(live.index, effect.frame, this.nowMs);
      case "heartbeat":
        return this.watcher.sends(live.index, null, this.nowMs);
      case "close":
        return this.send(live.index, this.closed, 1);
      case "publish":
        return;
      case "announce": {
        const body = JSON.stringify(effect.notice);
        for (const other of this.open) {
          this.dispatch(other, { kind: "deliver", destination: "/topic/", body, from: live.session.id });
        }
        return;
      }
      default:
        return this.askStore(live, effect);
    }
  }

  /** Queues a store operation. The store handles one operation at a time. */
  private askStore(live: Live<A>, effect: StoreEffect): void {
    this.watcher.asksStore(live.index, effect.kind === "read-roster" ? "roster" : effect.kind);
    const freeAtMs = Math.max(this.storeWork.at(-1)?.atMs ?? 0, this.nowMs);
    this.storeWork.push({ live, effect, atMs: freeAtMs + this.storeDelayMs, ok: !this.storeFailsNext });
    this.storeFailsNext = false;
  }

  private live(index: number): Live<A> {
    const live = this.lives[index];
    if (live === undefined) throw new Error(`there is no session ${index}`);
    return live;
  }
}
