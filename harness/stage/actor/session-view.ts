import { lossOf } from "../../history/sessions/connection-end.ts";
import type { History } from "../../history/history.ts";
import { type EventOf, type HistoryEvent, ofKind } from "../../history/events/events.ts";
import { isOverHttp } from "../../profile/transports.ts";

/**
 * State of one actor, read from the history alone. Members named `last…` look at all its clients, the others at its current
 * client.
 */
export class SessionView {
  readonly #actor: string;
  readonly #history: Pick<History, "events">;
  readonly #firstIndex: () => number;

  /** @param firstIndex index of the current client's first event; clients before it were replaced */
  constructor(actor: string, history: Pick<History, "events">, firstIndex: () => number) {
    this.#actor = actor;
    this.#history = history;
    this.#firstIndex = firstIndex;
  }

  /** The transport's session id as the client knows it; null if the transport has none. */
  get id(): string | null {
    return this.last("opened")?.sessionId ?? null;
  }

  /** The client data of the actor's latest identify; undefined before the first. */
  get client(): string | undefined {
    return this.last("identify-sent")?.client;
  }

  /** True if the client's transport is open, as far as the client knows. */
  get isOpen(): boolean {
    const opened = this.last("opened");
    return opened !== undefined && (this.last("closed")?.index ?? -1) < opened.index;
  }

  /** True if the client sends HTTP requests, one after the other, instead of using one WebSocket. */
  get usesHttp(): boolean {
    const transport = this.last("opened")?.transport;
    return transport !== undefined && isOverHttp(transport);
  }

  /** True if the client sends nothing by itself: neither heartbeats nor requests. */
  get isQuiet(): boolean {
    return this.last("opened") !== undefined && !this.usesHttp && this.clientHeartbeatMs === 0;
  }

  /** The client's heartbeat period in milliseconds, as negotiated; 0 for none. */
  get clientHeartbeatMs(): number {
    return this.last("connected")?.clientHeartbeatMs ?? 0;
  }

  /** The server's heartbeat period in milliseconds, as negotiated; 0 for none. */
  get serverHeartbeatMs(): number {
    return this.last("connected")?.serverHeartbeatMs ?? 0;
  }

  /** True if the actor has identified in a session that opened after its latest fault. */
  get hasIdentifiedAgain(): boolean {
    const { events } = this.#history;
    const indexOf = (kind: HistoryEvent["kind"]) =>
      events.findLastIndex((e) => e.kind === kind && e.actor === this.#actor);
    const opened = indexOf("opened");
    return opened > indexOf("fault-injected") && this.has("identify-sent", opened);
  }

  /** Says who ended the session, when and how; undefined while it is open, and if the harness ended it. */
  get loss(): string | undefined {
    return lossOf(this.#actor, this.#history.events, this.#firstIndex());
  }

  /** @throws Error that says who ended the session, unless the harness did */
  assertAlive(): void {
    const { loss } = this;
    if (loss !== undefined) throw new Error(loss);
  }

  /** The actor's latest event of a kind, also of a client that was replaced. */
  last<K extends HistoryEvent["kind"]>(kind: K): EventOf<K> | undefined {
    return ofKind(this.#history.events, kind).findLast(({ actor }) => actor === this.#actor);
  }

  /** The current client's first event of one of these kinds. */
  first(kinds: readonly string[], from = this.#firstIndex()): HistoryEvent | undefined {
    return this.#history.events.slice(from).find((e) => e.actor === this.#actor && kinds.includes(e.kind));
  }

  /** True if the current client has an event of this kind; with `from`, an event from that index on. */
  has(kind: HistoryEvent["kind"], from?: number): boolean {
    return this.first([kind], from) !== undefined;
  }
}
