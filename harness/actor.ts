import type { Driver } from "./actors/driver.ts";
import { startNodeClient } from "./actors/node-driver.ts";
import { startProcessClient } from "./actors/process-driver.ts";
import type { ClientEvent } from "./actors/protocol.ts";
import { startSpeaker } from "./actors/speaker-driver.ts";
import type { Speaker, SpeakerOptions } from "./actors/speaker/speaker.ts";
import { startTabClient } from "./actors/tab-driver.ts";
import { assertPossible, type By } from "./actors/transports.ts";
import { Hearing } from "./hearing.ts";
import type { EventOf, HistoryEvent } from "./history.ts";
import { identifyBody, namesNobody, somebody } from "./notice.ts";
import { ofKind } from "./oracle.ts";
import { addressOf, Proxy } from "./proxy.ts";
import type { Surroundings } from "./surroundings.ts";

/** How long an actor may take for one step of its own, such as CONNECT. Beyond it the case can't be judged. */
const stepLimitMs = 10_000;

export interface ActorOptions {
  /** In the harness when left out. */
  readonly by?: By;
  /** How a speaker differs from a good client from the start. */
  readonly speaker?: SpeakerOptions;
  /** Whether a tab gets a browser of its own, which a fault may kill or stop. It costs a start. */
  readonly ownBrowser?: boolean;
  /** A SockJS transport's name, or `native`; the profile's first choice when left out. */
  readonly transport?: string | undefined;
  /** Offers heartbeats of the profile's period, in both directions or its own alone. */
  readonly heartbeats?: boolean | "outgoing";
}

/** A scripted client. Each has a proxy of its own between itself and the target. */
export class Actor {
  readonly name: string;
  readonly proxy: Proxy;
  readonly #around: Surroundings;
  #driver: Driver | undefined;
  #offer = { outgoingMs: 0, incomingMs: 0 };
  readonly #hearing: Hearing;

  private constructor(name: string, proxy: Proxy, around: Surroundings) {
    this.name = name;
    this.proxy = proxy;
    this.#around = around;
    this.#hearing = new Hearing(name, around);
  }

  static async create(name: string, around: Surroundings, by: ActorOptions["by"]): Promise<Actor> {
    // A browser says by SOCKS where it wants to go; clients in Node have their connections turned to the proxy.
    const proxy = await Proxy.listen(addressOf(around.target), () => around.history.nowMs(), {
      socks: by === "tab",
      onFlood: (words) => around.history.flooded(words),
    });
    return new Actor(name, proxy, around);
  }

  get driver(): Driver {
    if (this.#driver === undefined) throw new Error(`${this.name} has no client yet`);
    return this.#driver;
  }

  /** The client, where it joined `by: "speaker"`. */
  get speaker(): Speaker {
    const { speaker } = this.driver;
    if (speaker === undefined) throw new Error(`${this.name} is no speaker; join it by: "speaker"`);
    return speaker;
  }

  /**
   * Opens the transport and does CONNECT, or as much of that as a speaker's options say. Rejects if it does not come to
   * that, or if another transport than the wanted one was used.
   */
  async connect(options: ActorOptions): Promise<void> {
    const { history, profile, target } = this.#around;
    const { by = "harness", transport, heartbeats = false } = options;
    const wanted = transport ?? (profile.transport === "native" ? "native" : "websocket");
    assertPossible(by, wanted);
    this.#driver = await this.#startClient(by, options);
    const endpoint = new URL(target);
    if (wanted === "native") endpoint.protocol = endpoint.protocol.replace("http", "ws");
    if (wanted === "native" && profile.transport === "sockjs") endpoint.pathname += "/websocket";
    this.#offer = {
      outgoingMs: heartbeats === false ? 0 : profile.heartbeatMs,
      incomingMs: heartbeats === true ? profile.heartbeatMs : 0,
    };
    const timeoutMs = stepLimitMs;
    await this.driver.do({
      do: "connect",
      url: endpoint.href,
      transport: wanted,
      timeoutMs,
      heartbeat: this.#offer,
    });
    const { until = "connected" } = options.speaker ?? {};
    if (until === "line") return;
    await history.until(
      () => this.#has(until) || this.#has("closed") || this.#has("stomp-error"),
      stepLimitMs,
    );
    if (!this.#has(until)) {
      const closed = this.#last("closed");
      const why =
        closed !== undefined ? `: closed with ${closed.code} ${closed.reason}` : ` in ${stepLimitMs} ms`;
      const missed = until === "connected" ? "no CONNECTED" : "no open transport";
      throw new Error(`${this.name} got ${missed}${why}`);
    }
    const used = this.#last("opened")?.transport;
    if (used !== wanted) throw new Error(`${this.name} was to use ${wanted} and got ${String(used)}`);
  }

  #startClient(by: By, { ownBrowser = false, speaker = {} }: ActorOptions): Promise<Driver> | Driver {
    const { browser, target, pageFiles: files } = this.#around;
    const { port: proxyPort } = this.proxy;
    const emit = (event: ClientEvent) => this.#record(event);
    switch (by) {
      case "harness":
        return startNodeClient(proxyPort, emit);
      case "process":
        return startProcessClient(proxyPort, emit);
      case "speaker":
        return startSpeaker(proxyPort, speaker, emit);
      case "tab":
        if (browser === undefined) throw new Error("there is no browser for a tab");
        return startTabClient({ browser, ownBrowser, proxyPort, endpoint: target.href, files }, emit);
    }
  }

  /** Subscribes to the topic of joins and leaves, and waits until that is in force as far as the profile can know. */
  async subscribe(): Promise<void> {
    const { history, profile } = this.#around;
    this.#hearing.begin();
    const receipt = profile.ready === "receipt";
    await this.driver.do({ do: "subscribe", destination: profile.topic, receipt });
    if (profile.ready === "receipt") {
      const ready = await history.until(() => this.#has("subscribed"), stepLimitMs);
      if (!ready)
        throw new Error(`${this.name} got no RECEIPT for SUBSCRIBE; does the profile need ready.delayMs?`);
    } else {
      await history.until(() => false, profile.ready.delayMs);
      history.add({ kind: "subscribed", actor: this.name, destination: profile.topic, confirmedBy: "delay" });
    }
  }

  /**
   * Tells who it is.
   * @param client the data to give
   * @param sessionId what to put into the body in place of the own session id
   */
  async identify(client: string, sessionId?: string): Promise<void> {
    const { history, profile, claims, token } = this.#around;
    const name = this.#nameIn(client);
    claims.claim(name, token);
    const filled = identifyBody(profile.identify.body, client);
    const body = sessionId === undefined ? filled : filled.replaceAll("{sessionId}", () => sessionId);
    const from = history.events.length;
    await this.driver.do({ do: "identify", destination: profile.identify.destination, client: name, body });
    const sent = await history.until(() => this.#has("identify-sent", from), stepLimitMs);
    if (!sent) throw new Error(`${this.name}'s client did not identify within ${stepLimitMs} ms`);
  }

  /** What notices call a session of its that identifies with `client`. */
  #nameIn(client: string): string {
    const { notice } = this.#around.profile;
    if (namesNobody(notice)) return somebody;
    if (notice.names === "client") return client;
    if (this.sessionId === null)
      throw new Error(`${this.name}'s transport has no session id that a notice could name`);
    return this.sessionId;
  }

  /** The transport's session id as the client knows it; null where the transport has none. */
  get sessionId(): string | null {
    return this.#last("opened")?.sessionId ?? null;
  }

  /** Whether its transport is open, as far as it knows. */
  get isOpen(): boolean {
    const opened = this.#last("opened");
    return opened !== undefined && (this.#last("closed")?.index ?? -1) < opened.index;
  }

  /** The client data that it identified with last; undefined if it never did. */
  get client(): string | undefined {
    return this.#last("identify-sent")?.client;
  }

  /** Now on the case's clock, in milliseconds. */
  get nowMs(): number {
    return this.#around.history.nowMs();
  }

  /** Whether its client sends nothing unless told to: no heartbeats, no requests that fetch. */
  get isQuiet(): boolean {
    const transport = this.#last("opened")?.transport;
    return (transport === "websocket" || transport === "native") && this.clientHeartbeatMs === 0;
  }

  /** The period in which the client promised to be heard, in milliseconds; 0 for none. */
  get clientHeartbeatMs(): number {
    return this.#last("connected")?.clientHeartbeatMs ?? 0;
  }

  /** Resolves true once the actor has identified in a session that opened after its last end was begun. */
  untilIdentifiedAgain(): Promise<boolean> {
    return this.#around.history.until((events) => {
      const end = events.findLastIndex((e) => e.kind === "fault-injected" && e.actor === this.name);
      const opened = events.findLastIndex((e) => e.kind === "opened" && e.actor === this.name);
      return opened > end && this.#has("identify-sent", opened);
    }, stepLimitMs);
  }

  /** Frees the client and the proxy, whatever state they are in. */
  async dispose(): Promise<void> {
    try {
      await this.#driver?.dispose();
    } finally {
      await this.proxy.close();
    }
  }

  #last<K extends HistoryEvent["kind"]>(kind: K): EventOf<K> | undefined {
    return ofKind(this.#around.history.events, kind).findLast(({ actor }) => actor === this.name);
  }

  #has(
    kind: "stomp-error" | "opened" | "connected" | "closed" | "subscribed" | "identify-sent",
    from = 0,
  ): boolean {
    return this.#around.history.events.slice(from).some((e) => e.kind === kind && e.actor === this.name);
  }

  #record(event: ClientEvent): void {
    const { history } = this.#around;
    const actor = this.name;
    switch (event.kind) {
      case "opened":
        history.add({ ...event, actor });
        this.#claimSession(event.sessionId);
        this.#recordSessionId(event.sessionId);
        return;
      case "connected":
        history.add({
          kind: "connected",
          actor,
          version: event.version,
          ...this.#negotiated(event.heartBeat),
        });
        return;
      case "receipt":
        if (event.of === "disconnect") history.add({ ...event, actor });
        else history.add({ kind: "subscribed", actor, destination: event.of, confirmedBy: "receipt" });
        return;
      case "message":
        // What the client then needs to read it, and a page to tell of it, is not the target's time.
        this.#hearing.message(event.destination, event.body, this.proxy.lastReceivedAtMs ?? this.nowMs);
        return;
      default:
        history.add({ ...event, actor });
    }
  }

  /** Where notices name session ids, they may name one that never identified. */
  #claimSession(sessionId: string | null): void {
    const { profile, claims, token } = this.#around;
    if (profile.notice.names === "session" && sessionId !== null) claims.claim(sessionId, token);
  }

  #recordSessionId(read: string | null): void {
    const requested = this.#driver?.tab?.requestedSessionId();
    if (requested === undefined) return;
    this.#around.history.add({ kind: "session-id-read", actor: this.name, read, requested });
  }

  /** STOMP 1.2, "Heart-beating": each direction is off if either side says 0, and the larger of the two otherwise. */
  #negotiated(heartBeat: string): { clientHeartbeatMs: number; serverHeartbeatMs: number } {
    if (!/^\d{1,9},\d{1,9}$/.test(heartBeat)) {
      const message = `CONNECTED had the malformed heart-beat "${heartBeat}"`;
      this.#around.history.add({ kind: "stomp-error", actor: this.name, message });
      return { clientHeartbeatMs: 0, serverHeartbeatMs: 0 };
    }
    const [serverOutMs = 0, serverInMs = 0] = heartBeat.split(",").map(Number);
    const larger = (a: number, b: number) => (a === 0 || b === 0 ? 0 : Math.max(a, b));
    return {
      clientHeartbeatMs: larger(this.#offer.outgoingMs, serverInMs),
      serverHeartbeatMs: larger(this.#offer.incomingMs, serverOutMs),
    };
  }
}
