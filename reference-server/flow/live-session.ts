import { ResettableTimer } from "../resettable-timer.ts";
import type { Cause, SessionEvent } from "./core/events.ts";
import { isViolation } from "./core/interceptor.ts";
import type { Input, Session } from "./core/model.ts";
import { isOver, openSession } from "./core/session.ts";
import type { ServerContext } from "./reconcile.ts";
import { Decoder } from "../stomp/decoder.ts";
import type { ClientConnection, ConnectionListener } from "./client-connection.ts";

/** The thin shell round one session: carries inputs to the core and effects to the world, and sleeps to its deadlines. */
export class LiveSession implements ConnectionListener {
  readonly connection: ClientConnection;
  session: Session;
  private readonly context: ServerContext;
  private readonly decoder: Decoder;
  private readonly inbox: Input[] = [];
  private readonly timer = new ResettableTimer();
  private timerDueMs = Infinity;
  private isBusy = false;

  constructor(id: string, ref: string, connection: ClientConnection, context: ServerContext) {
    this.connection = connection;
    this.context = context;
    this.decoder = new Decoder(context.options);
    this.session = openSession(id, ref, context.nowMs());
    context.sessions.set(id, this);
    this.setTimer();
  }

  received(chunk: string | Buffer): void {
    if (this.hasEnded()) return;
    for (const decoded of this.decoder.read(chunk)) {
      if (decoded.kind === "violation") {
        this.dispatch(decoded);
        return;
      }
      const frame = this.context.components.intercept(this.context.interceptors, decoded.frame, this.session);
      this.dispatch(isViolation(frame) ? { kind: "violation", ...frame } : { kind: "frame", frame });
      if (this.hasEnded()) return;
      this.decoder.version = this.session.version;
    }
    this.dispatch({ kind: "bytes", partial: this.decoder.isPartial });
  }

  broken(message: string, closeCode: 1002 | 1009): void {
    this.dispatch({ kind: "violation", message, closeCode });
  }

  gone(cause: Cause, detail: string): void {
    this.dispatch({ kind: "connection-ended", cause, detail });
  }

  send(text: string): void {
    this.connection.send(text);
    if (this.connection.backlogBytes() > this.context.options.maxBacklogBytes)
      this.dispatch({ kind: "slow" });
  }

  publish(event: SessionEvent): void {
    const { transport, sessionId: transportSessionId } = this.connection;
    const at = new Date().toISOString();
    this.context.log({ at, session: this.session.id, transport, transportSessionId, ...event });
  }

  /** Gives the core an input. What its effects bring about waits its turn, so that inputs are never nested. */
  dispatch(input: Input): void {
    this.inbox.push(input);
    if (this.isBusy) return;
    this.isBusy = true;
    for (let next = this.inbox.shift(); next !== undefined; next = this.inbox.shift()) this.advance(next);
    this.isBusy = false;
    if (isOver(this.session)) this.context.sessions.delete(this.session.id);
    this.setTimer();
  }

  private hasEnded(): boolean {
    return this.session.phase === "ended";
  }

  private advance(input: Input): void {
    const { components, config } = this.context;
    const [session, effects] = components.step(this.session, input, this.context.nowMs(), config);
    this.session = session;
    for (const effect of effects) components.perform(effect, this, this.context);
  }

  /** A deadline that moved away is left to the timer, which finds itself early and is set anew. */
  private setTimer(): void {
    const dueMs = this.context.components.deadlineMs(this.session, this.context.config);
    if (dueMs === Infinity) {
      this.timer.clear();
      this.timerDueMs = Infinity;
    }
    if (dueMs >= this.timerDueMs) return;
    this.timerDueMs = dueMs;
    this.timer.set(dueMs - this.context.nowMs(), () => {
      this.timerDueMs = Infinity;
      this.dispatch({ kind: "deadline" });
    });
  }
}
