import type { HistoryEvent } from "../../history/events/events.ts";
import { withTimeout } from "../../util/with-timeout.ts";
import type { Actor } from "../actor.ts";
import type { JoinOptions } from "../actor/actor-options.ts";
import { Actors } from "../actors.ts";
import type { CaseContext } from "../case-context.ts";
import { SharedNotices, type OnSharedLeave } from "./shared-notices.ts";

/** Events after which an observer receives nothing more, or not reliably. */
const losses: readonly HistoryEvent["kind"][] = ["closed", "gave-up", "stomp-error"];

/** Time limit for a last DISCONNECT, in milliseconds. */
const goodbyeMs = 1_000;

/** Listeners to the events of a shared observer. */
export interface SharedObserverEvents {
  /** Called at each ERROR, close or give-up of the observer's client. */
  readonly onLost: (observer: SharedObserver, event: HistoryEvent) => void;
  readonly onSharedLeave: OnSharedLeave;
}

/** One observer of a run. Any number of cases share it at the same time. */
export class SharedObserver {
  readonly name: string;
  /** Client data of the observer. */
  readonly client: string;
  readonly #actors: Actors;
  readonly #actor: Actor;
  readonly #notices: SharedNotices;
  /** True after the first loss, and once it is freed. */
  #isOver = false;

  private constructor(actors: Actors, actor: Actor, notices: SharedNotices) {
    this.#actors = actors;
    this.#actor = actor;
    this.#notices = notices;
    this.name = actor.name;
    this.client = actor.session.client ?? "";
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
    try {
      const actor = await actors.join(name, { ...options, by: "raw" });
      const observer = new SharedObserver(actors, actor, notices);
      history.onEvent((event) => {
        if (!losses.includes(event.kind)) return;
        observer.#isOver = true;
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

  /** True while cases can rely on it. */
  get isListening(): boolean {
    return !this.#isOver && this.#actor.session.isOpen;
  }

  /** Time since it connected, in milliseconds. */
  get ageMs(): number {
    return this.#actor.nowMs - (this.#actor.session.last("opened")?.atMs ?? 0);
  }

  /** Lets no further case rely on it. */
  giveUp(): void {
    this.#isOver = true;
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

  /** Leaves by DISCONNECT, so that no later run receives its leave, and frees the client. */
  async dispose(): Promise<void> {
    const isOpen = this.isListening;
    this.#isOver = true;
    if (isOpen)
      await withTimeout(
        goodbyeMs,
        this.#actor.driver.do({ do: "disconnect" }).catch(() => undefined),
      );
    await this.#actors.dispose();
  }
}
