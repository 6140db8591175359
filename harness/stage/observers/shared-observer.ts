import type { HistoryEvent } from "../../history/events/events.ts";
import type { Actor } from "../actor.ts";
import type { JoinOptions } from "../actor/actor-options.ts";
import { Actors } from "../actors.ts";
import type { CaseContext } from "../case-context.ts";
import { SharedNotices, type OnSharedLeave } from "./shared-notices.ts";

/** Events after which an observer hears no more, or not reliably. */
const losses: readonly HistoryEvent["kind"][] = ["closed", "gave-up", "stomp-error"];

/** Listeners to the events of a shared observer. */
export interface SharedObserverEvents {
  /** Called once, when the observer's connection ends. */
  readonly onLost: (observer: SharedObserver, event: HistoryEvent) => void;
  readonly onSharedLeave: OnSharedLeave;
}

/** One observer of a run. Any number of cases share it at the same time. */
export class SharedObserver {
  readonly name: string;
  /** Client data of the observer. */
  readonly client: string;
  /** Time of its start on the shared clock, in milliseconds. */
  readonly startedMs: number;
  readonly #actors: Actors;
  readonly #actor: Actor;
  readonly #notices: SharedNotices;

  private constructor(actors: Actors, actor: Actor, notices: SharedNotices, startedMs: number) {
    this.#actors = actors;
    this.#actor = actor;
    this.#notices = notices;
    this.name = actor.name;
    this.client = actor.session.client ?? "";
    this.startedMs = startedMs;
  }

  /**
   * Connects, subscribes and identifies an observer.
   * @param run context of the shared actors; the observer gets a history of its own
   * @param events see `SharedObserverEvents`
   * @throws Error if the target does not let it in
   */
  static async start(
    name: string,
    run: CaseContext,
    options: JoinOptions,
    { onLost, onSharedLeave }: SharedObserverEvents,
  ): Promise<SharedObserver> {
    const history = run.history.apart();
    const own = { ...run, history };
    const notices = new SharedNotices(name, own, onSharedLeave);
    const actors = new Actors({ ...own, noticeSink: notices });
    const startedMs = history.nowMs();
    try {
      const actor = await actors.join(name, { ...options, by: "raw" });
      const observer = new SharedObserver(actors, actor, notices, startedMs);
      let isLost = false;
      history.onEvent((event) => {
        if (isLost || !losses.includes(event.kind)) return;
        isLost = true;
        onLost(observer, event);
      });
      return observer;
    } catch (error) {
      await actors.dispose();
      throw error;
    }
  }

  /** True once it has received a notice. */
  get hasHeard(): boolean {
    return this.#notices.hasHeard;
  }

  /** The cases that share it now. */
  get cases(): readonly CaseContext[] {
    return this.#notices.cases;
  }

  /** True while its connection is open. */
  get isOpen(): boolean {
    return this.#actor.session.isOpen;
  }

  /** Listens for a case from now on, and records that in the case's history. */
  attach(context: CaseContext): void {
    const { session } = this.#actor;
    const [opened, connected] = [session.last("opened"), session.last("connected")];
    const subscribed = session.last("subscribed");
    if (opened === undefined || connected === undefined || subscribed === undefined)
      throw new Error(`${this.name} does not listen yet`);
    this.#notices.attach(context);
    context.history.add({
      kind: "observer-attached",
      actor: this.name,
      transport: opened.transport,
      sessionId: opened.sessionId,
      version: connected.version,
      clientHeartbeatMs: connected.clientHeartbeatMs,
      serverHeartbeatMs: connected.serverHeartbeatMs,
      destination: subscribed.destination,
      confirmedBy: subscribed.confirmedBy,
      client: this.client,
      listenedMs: this.#actor.nowMs - opened.atMs,
    });
  }

  detach(context: CaseContext): void {
    this.#notices.detach(context);
  }

  dispose(): Promise<void> {
    return this.#actors.dispose();
  }
}
