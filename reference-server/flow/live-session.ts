import { ResettableTimer } from "../resettable-timer.ts";
import { Decoder } from "../stomp/decoder.ts";
import type { FrameLimits } from "../stomp/decoder.ts";
import type { encode } from "../stomp/encode.ts";
import type { ClientConnection, ConnectionListener } from "./client-connection.ts";
import type { deadlineMs } from "./core/deadlines.ts";
import type { Cause, LogRecord, SessionEvent } from "./core/events.ts";
import { isViolation } from "./core/interceptor.ts";
import type { Interceptor, intercept } from "./core/interceptor.ts";
import type { CoreConfig, Effect, Input, Session } from "./core/model.ts";
import { isOver, openSession } from "./core/session.ts";
import type { step } from "./core/session.ts";
import type { MappingStore } from "./store/mapping-store.ts";

/** Functions that every live session calls. */
export interface SessionComponents {
  readonly step: typeof step;
  readonly deadlineMs: typeof deadlineMs;
  readonly intercept: typeof intercept;
  readonly encode: typeof encode;
  readonly perform: (effect: Effect, live: LiveSession, context: ServerContext) => void;
}

/** State and settings that all sessions of one server share. */
export interface ServerContext {
  readonly components: SessionComponents;
  readonly config: CoreConfig;
  readonly limits: FrameLimits & {
    /** Unsent bytes after which the server ends the session of a slow reader. */
    readonly maxBacklogBytes: number;
  };
  /** The server's own interceptors, then the configured ones. */
  readonly interceptors: readonly Interceptor[];
  readonly store: MappingStore;
  /** Every session that is not over, by the server's own session id. */
  readonly sessions: Map<string, LiveSession>;
  /** Store operations that are in progress. */
  readonly storeWork: Set<Promise<void>>;
  /** Returns milliseconds on a monotonic clock. */
  readonly nowMs: () => number;
  readonly log: (record: LogRecord) => void;
}

/** Connects one session of the pure core to its socket: feeds inputs in, performs effects, keeps the deadline. */
export class LiveSession implements ConnectionListener {
  readonly connection: ClientConnection;
  session: Session;
  readonly #context: ServerContext;
  readonly #decoder: Decoder;
  readonly #inputs: Input[] = [];
  readonly #timer = new ResettableTimer();
  #timerDueMs = Infinity;
  #isBusy = false;

  constructor(id: string, ref: string, connection: ClientConnection, context: ServerContext) {
    this.connection = connection;
    this.#context = context;
    this.#decoder = new Decoder(context.limits);
    this.session = openSession(id, ref, context.nowMs());
    context.sessions.set(id, this);
    this.#setTimer();
  }

  received(chunk: string | Buffer): void {
    if (this.#hasEnded()) return;
    const { components, interceptors } = this.#context;
    for (const decoded of this.#decoder.read(chunk)) {
      if (decoded.kind === "violation") {
        this.dispatch(decoded);
        return;
      }
      const frame = components.intercept(interceptors, decoded.frame, this.session);
      this.dispatch(isViolation(frame) ? { kind: "violation", ...frame } : { kind: "frame", frame });
      if (this.#hasEnded()) return;
      this.#decoder.version = this.session.version;
    }
    this.dispatch({ kind: "bytes", partial: this.#decoder.isPartial });
  }

  broken(message: string, closeCode: 1002 | 1009): void {
    this.dispatch({ kind: "violation", message, closeCode });
  }

  ended(cause: Cause, detail: string): void {
    this.dispatch({ kind: "connection-ended", cause, detail });
  }

  send(text: string): void {
    this.connection.send(text);
    if (this.connection.backlogBytes() > this.#context.limits.maxBacklogBytes)
      this.dispatch({ kind: "slow" });
  }

  /** Logs an event of this session. */
  publish(event: SessionEvent): void {
    const { transport, sessionId: transportSessionId } = this.connection;
    const at = new Date().toISOString();
    this.#context.log({ at, session: this.session.id, transport, transportSessionId, ...event });
  }

  /** Gives the core an input. Inputs that its effects cause are queued, so that `step` calls never nest. */
  dispatch(input: Input): void {
    this.#inputs.push(input);
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift())
      this.#advance(next);
    this.#isBusy = false;
    if (isOver(this.session)) this.#context.sessions.delete(this.session.id);
    this.#setTimer();
  }

  #hasEnded(): boolean {
    return this.session.phase === "ended";
  }

  #advance(input: Input): void {
    const { components, config } = this.#context;
    const [session, effects] = components.step(this.session, input, this.#context.nowMs(), config);
    this.session = session;
    for (const effect of effects) components.perform(effect, this, this.#context);
  }

  /** Sets the timer when the deadline moves closer. After a later deadline the timer fires early and is set again. */
  #setTimer(): void {
    const dueMs = this.#context.components.deadlineMs(this.session, this.#context.config);
    if (dueMs === Infinity) {
      this.#timer.clear();
      this.#timerDueMs = Infinity;
    }
    if (dueMs >= this.#timerDueMs) return;
    this.#timerDueMs = dueMs;
    this.#timer.set(dueMs - this.#context.nowMs(), () => {
      this.#timerDueMs = Infinity;
      this.dispatch({ kind: "deadline" });
    });
  }
}
