import { Alarm } from "../alarm.ts";
import type { Cause, SessionEvent } from "./core/events.ts";
import { isViolation } from "./core/interceptor.ts";
import type { Input, Session } from "./core/model.ts";
import { isOver, openSession } from "./core/session.ts";
import type { Hub } from "./reconcile.ts";
import { Decoder } from "../stomp/decoder.ts";
import type { Link, LinkListener } from "./link.ts";

/** The thin shell round one session: carries inputs to the core and effects to the world, and sleeps to its deadlines. */
export class LiveSession implements LinkListener {
  readonly link: Link;
  session: Session;
  private readonly hub: Hub;
  private readonly decoder: Decoder;
  private readonly inbox: Input[] = [];
  private readonly alarm = new Alarm();
  private alarmAtMs = Infinity;
  private isBusy = false;

  constructor(id: string, ref: string, link: Link, hub: Hub) {
    this.link = link;
    this.hub = hub;
    this.decoder = new Decoder(hub.options);
    this.session = openSession(id, ref, hub.nowMs());
    hub.sessions.set(id, this);
    this.setAlarm();
  }

  received(chunk: string | Buffer): void {
    if (this.hasEnded()) return;
    for (const decoded of this.decoder.read(chunk)) {
      if (decoded.kind === "violation") {
        this.dispatch(decoded);
        return;
      }
      const frame = this.hub.parts.intercept(this.hub.interceptors, decoded.frame, this.session);
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
    this.dispatch({ kind: "gone", cause, detail });
  }

  send(text: string): void {
    this.link.send(text);
    if (this.link.backlogBytes() > this.hub.options.maxBacklogBytes) this.dispatch({ kind: "slow" });
  }

  tell(event: SessionEvent): void {
    const { transport, sessionId: transportSessionId } = this.link;
    const at = new Date().toISOString();
    this.hub.log({ at, session: this.session.id, transport, transportSessionId, ...event });
  }

  /** Gives the core an input. What its effects bring about waits its turn, so that inputs are never nested. */
  dispatch(input: Input): void {
    this.inbox.push(input);
    if (this.isBusy) return;
    this.isBusy = true;
    for (let next = this.inbox.shift(); next !== undefined; next = this.inbox.shift()) this.advance(next);
    this.isBusy = false;
    if (isOver(this.session)) this.hub.sessions.delete(this.session.id);
    this.setAlarm();
  }

  private hasEnded(): boolean {
    return this.session.phase === "ended";
  }

  private advance(input: Input): void {
    const { parts, config } = this.hub;
    const [session, effects] = parts.step(this.session, input, this.hub.nowMs(), config);
    this.session = session;
    for (const effect of effects) parts.perform(effect, this, this.hub);
  }

  /** A deadline that moved away is left to the alarm, which finds itself early and is set anew. */
  private setAlarm(): void {
    const dueMs = this.hub.parts.deadlineMs(this.session, this.hub.config);
    if (dueMs === Infinity) {
      this.alarm.clear();
      this.alarmAtMs = Infinity;
    }
    if (dueMs >= this.alarmAtMs) return;
    this.alarmAtMs = dueMs;
    this.alarm.set(dueMs - this.hub.nowMs(), () => {
      this.alarmAtMs = Infinity;
      this.dispatch({ kind: "time" });
    });
  }
}
