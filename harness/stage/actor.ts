import type { Driver } from "../clients/driver.ts";
import { startNodeClient } from "../clients/node-driver.ts";
import { startProcessClient } from "../clients/process-driver.ts";
import type { ClientEvent } from "../clients/protocol.ts";
import { startSpeaker } from "../clients/raw-driver.ts";
import { encodeStomp } from "../clients/raw/stomp-frame.ts";
import type { Speaker, SpeakerOptions } from "../clients/raw/raw-client.ts";
import { startTabClient } from "../clients/tab-driver.ts";
import { assertPossible } from "../clients/transports.ts";
import { isOverHttp, type ClientKind } from "../profile/transports.ts";
import { approach, usualTransport, type Approach } from "./connection-settings.ts";
import { somebody } from "../history/notice-kind.ts";
import { nameOf, namesNobody, namesSession, topicsOf } from "../history/notice.ts";
import { Hearing } from "./notice-recorder.ts";
import { probeOf } from "../history/probe-message.ts";
import type { EventOf, HistoryEvent } from "../history/history.ts";
import { negotiate, offerOf, type Negotiated, type Offer } from "../clients/negotiate.ts";
import { ofKind } from "../history/sessions.ts";
import { startOwnProxy } from "./actor-proxy.ts";
import { Presence } from "./session-guard.ts";
import { fill, fillAll, fillBody, type Values } from "../profile/template.ts";
import { Refused, whyNotLetIn } from "../history/refusal.ts";
import type { Proxy } from "../network/proxy.ts";
import type { Profile } from "../profile/profile.ts";
import type { Surroundings } from "./case-context.ts";

/** How long an actor may take for one step of its own, such as CONNECT. Beyond it the case can't be judged. */
const stepLimitMs = 10_000;

/** A probe that came before the subscription was in force is lost without a trace, so another is sent. */
const probeEveryMs = 200;

/** What can be waited for: the events that are it, or after which it can't come any more. */
const awaitable = {
  "an answer to CONNECT": ["connected", "stomp-error", "closed"],
  "the open frame": ["opened", "closed"],
  "the connection's end": ["closed"],
  "the list of who is there": ["roster-read", "closed"],
} as const satisfies Record<string, readonly HistoryEvent["kind"][]>;

type Probe = Extract<Profile["ready"], { probe: unknown }>["probe"];

export interface ActorOptions {
  /** In the harness when left out. */
  readonly by?: ClientKind;
  /** How a speaker differs from a good client from the start. */
  readonly speaker?: SpeakerOptions;
  /** Whether a tab gets a browser of its own, which a fault may kill or stop. It costs a start. */
  readonly ownBrowser?: boolean;
  /** A SockJS transport's name, or `native`; the profile's first choice when left out. */
  readonly transport?: string | undefined;
  /**
   * Offers heartbeats of the profile's period, in both directions or its own alone; of the period that the users' own clients
   * offer; or of other periods.
   */
  readonly heartbeats?: boolean | "outgoing" | "as-users" | Offer;
  /** Offers permessage-deflate on a native WebSocket, as browsers do. Other clients in Node offer no extension. */
  readonly compression?: boolean;
  /** Headers of CONNECT beside the profile's. */
  readonly connectHeaders?: Readonly<Record<string, string>>;
}

/** A scripted client. Each has a proxy of its own between itself and the target. */
export class Actor {
  readonly name: string;
  readonly proxy: Proxy;
  readonly #around: Surroundings;
  #driver: Driver | undefined;
  #offer: Offer = { outgoingMs: 0, incomingMs: 0 };
  readonly #values: Values;
  #hearing: Hearing;
  readonly #presence: Presence;
  /** The index from which on events are its present client's. */
  #beganAt = 0;

  private constructor(name: string, values: Values, proxy: Proxy, around: Surroundings) {
    this.name = name;
    this.#values = values;
    this.proxy = proxy;
    this.#around = around;
    this.#hearing = new Hearing(name, around, values);
    this.#presence = new Presence(name, around.history, () => this.#beganAt);
  }

  /**
   * Does what the target wants done before a client connects.
   * @param client the data that it will identify with, unless it is told otherwise
   */
  static async create(
    name: string,
    client: string,
    around: Surroundings,
    by: ActorOptions["by"],
  ): Promise<Actor> {
    const values = await around.admission.admit(client, around.token);
    const proxy = await startOwnProxy(name, around, by === "tab");
    return new Actor(name, values, proxy, around);
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
    const { by = "harness", transport } = options;
    this.#beganAt = history.events.length;
    this.#hearing = new Hearing(this.name, this.#around, this.#values);
    const wanted = transport ?? usualTransport(profile);
    assertPossible(by, wanted);
    const way = approach(profile, target, this.#values);
    this.#driver = await this.#startClient(by, options, way);
    const endpoint = way.url;
    if (wanted === "native") endpoint.protocol = endpoint.protocol.replace("http", "ws");
    if (wanted === "native" && profile.transport === "sockjs") endpoint.pathname += "/websocket";
    this.#offer = offerOf(options.heartbeats, profile);
    const timeoutMs = stepLimitMs;
    await this.driver.do({
      do: "connect",
      url: endpoint.href,
      transport: wanted,
      timeoutMs,
      heartbeat: this.#offer,
      versions: profile.stomp.versions,
      stompHeaders: { ...way.stompHeaders, ...options.connectHeaders },
      httpHeaders: way.httpHeaders,
      compression: options.compression ?? false,
      identifies: this.#identifiesBy("connect", "nothing"),
    });
    const { until = "connected" } = options.speaker ?? {};
    if (until === "line") return;
    await history.until(
      () => this.#has(until) || this.#has("closed") || this.#has("stomp-error"),
      stepLimitMs,
    );
    if (!this.#has(until)) {
      const { loss } = this.#presence;
      const closed = this.#last("closed");
      const why = whyNotLetIn({ error: this.#last("stomp-error"), closed, loss, limitMs: stepLimitMs });
      const missed = until === "connected" ? "no CONNECTED" : "no open transport";
      const Trouble = closed !== undefined || this.#has("stomp-error") ? Refused : Error;
      throw new Trouble(`${this.name} got ${missed}${why}`);
    }
    const used = this.#last("opened")?.transport;
    if (used !== wanted) throw new Error(`${this.name} was to use ${wanted} and got ${String(used)}`);
  }

  #startClient(
    by: ClientKind,
    { ownBrowser = false, speaker = {} }: ActorOptions,
    { url, cookies }: Approach,
  ): Promise<Driver> | Driver {
    const { browser, profile, pageFiles: files } = this.#around;
    const { port: proxyPort } = this.proxy;
    const beganAt = this.#beganAt;
    const emit = (event: ClientEvent) => {
      // What becomes of a client that has been replaced is nobody's present session.
      if (beganAt === this.#beganAt) this.#record(event);
    };
    switch (by) {
      case "harness":
        return startNodeClient(proxyPort, emit);
      case "process":
        return startProcessClient(proxyPort, emit);
      case "speaker":
        return startSpeaker(proxyPort, speaker, emit);
      case "tab":
        if (browser === undefined) throw new Error("there is no browser for a tab");
        return startTabClient(
          {
            browser,
            ownBrowser,
            proxyPort,
            endpoint: url.href,
            origin: profile.origin ?? url.origin,
            cookies,
            files,
          },
          emit,
        );
    }
  }

  /**
   * Comes again, with a new client that knows nothing of the last one, whose session has to be over.
   * @throws Error as `connect`
   */
  async reconnect(options: ActorOptions): Promise<void> {
    await this.#driver?.dispose();
    this.proxy.heal();
    await this.connect(options);
  }

  /**
   * Waits for something of its present client's, or until that can't come any more; that nothing came is put on record.
   * @param limitMs ten seconds when left out
   * @returns what came first; undefined where nothing did
   */
  async until(
    awaited: keyof typeof awaitable,
    limitMs = stepLimitMs,
  ): Promise<HistoryEvent["kind"] | undefined> {
    const { history } = this.#around;
    const kinds: readonly string[] = awaitable[awaited];
    const first = () =>
      history.events.slice(this.#beganAt).find((e) => e.actor === this.name && kinds.includes(e.kind));
    if (await history.until(() => first() !== undefined, limitMs)) return first()?.kind;
    history.add({ kind: "waited-in-vain", actor: this.name, awaited, waitedMs: limitMs });
    return undefined;
  }

  /** @throws Error that says who ended its present session, where the harness did not */
  assertThere(): void {
    this.#presence.assert();
  }

  /** Asks who is there, as the profile's `roster` says, and waits for the answer. */
  async readRoster(): Promise<void> {
    const { roster } = this.#around.profile;
    if (roster === undefined) throw new Error('the profile has no roster; the scenario needs "roster"');
    const destination = fill(roster.destination, this.#values);
    await this.driver.do({ do: "subscribe", destination, receipt: false, headers: {}, identifies: null });
    await this.until("the list of who is there");
  }

  /** Subscribes to what tells joins and leaves, and waits until that is in force as far as the profile can know. */
  async subscribe(): Promise<void> {
    const { history, profile } = this.#around;
    const { ready, identify } = profile;
    this.#hearing.begin();
    const receipt = ready === "receipt";
    const headers = identify.by === "subscribe" ? fillAll(identify.headers, this.#values) : {};
    for (const destination of this.#topics) {
      const identifies = destination === this.#topics.at(-1) ? this.#identifiesBy("subscribe") : null;
      history.add({ kind: "subscribe-sent", actor: this.name, destination });
      await this.#presence.do(this.driver, { do: "subscribe", destination, receipt, headers, identifies });
    }
    if (receipt) {
      if (!(await this.#presence.until(() => this.#has("subscribed"), stepLimitMs)))
        throw new Error(
          `${this.name} got no RECEIPT for SUBSCRIBE; does the profile need ready.probe or ready.delayMs?`,
        );
      return;
    }
    if ("probe" in ready) await this.#probe(ready.probe);
    else await this.#presence.until(() => false, ready.delayMs);
    const confirmedBy = "probe" in ready ? "probe" : "delay";
    history.add({
      kind: "subscribed",
      actor: this.name,
      destination: this.#topics.at(-1) ?? "",
      confirmedBy,
    });
  }

  /** Sends messages of its own until one comes back. */
  async #probe({ destination, body }: Probe): Promise<void> {
    const { history, token } = this.#around;
    const values = { ...this.#values, probe: `${probeOf(token)}-${this.name}` };
    const command = {
      do: "send",
      destination: fill(destination, values),
      body: fillBody(body, values),
    } as const;
    const back = () =>
      ofKind(history.events, "message").some((m) => m.actor === this.name && m.body.includes(values.probe));
    for (let waitedMs = 0; waitedMs < stepLimitMs; waitedMs += probeEveryMs) {
      await this.#presence.do(this.driver, command);
      if (await this.#presence.until(back, probeEveryMs)) return;
    }
    throw new Error(`${this.name} sent to ${command.destination} and never heard it; is ready.probe right?`);
  }

  /**
   * Tells who it is, where that takes a message, or a subscription that it has not made yet.
   * @param client the data to give
   * @param sessionId what to put into the body in place of the own session id
   */
  async identify(client: string, sessionId?: string): Promise<void> {
    const { history, profile } = this.#around;
    const { identify } = profile;
    const isSubscribed = this.#has("subscribed");
    if (identify.by === "subscribe" && !isSubscribed) return this.subscribe();
    if (!("destination" in identify)) return;
    const values = { ...this.#values, client };
    const name = this.#claimName(values);
    const filled = fillBody(identify.body, values);
    const from = history.events.length;
    await this.#presence.do(this.driver, {
      do: "identify",
      destination: fill(identify.destination, values),
      client: name,
      body: sessionId === undefined ? filled : filled.replaceAll("{sessionId}", () => sessionId),
      headers: fillAll(identify.headers, values),
      receipt: identify.confirmed === "receipt",
    });
    const sent = await history.until(() => this.#has("identify-sent", from), stepLimitMs);
    if (!sent) throw new Error(`${this.name}'s client did not identify within ${stepLimitMs} ms`);
  }

  /**
   * What would identify it, as a frame for a speaker to send as it likes, which is not on record as an identify.
   * @param spoil makes another body of the right one, which holds the name `client` for whom the frame speaks
   * @param client the data to give; its own when left out
   */
  identifyFrame(
    spoil: (body: string, client: string) => string = (body) => body,
    client = this.#values["client"] ?? "",
  ): string {
    const { identify } = this.#around.profile;
    if (!("destination" in identify))
      throw new Error('the target knows nobody by a message; the scenario needs "identify-message"');
    const values: Values = { ...this.#values, client, sessionId: this.sessionId ?? "" };
    this.#claimName(values);
    const headers = { "content-type": "application/json", ...fillAll(identify.headers, values) };
    const body = spoil(fillBody(identify.body, values), client);
    return encodeStomp("SEND", { destination: fill(identify.destination, values), ...headers }, body);
  }

  /** Waits for the RECEIPT of its last identify message, or until the time for that is over. */
  async untilIdentifyReceipt(): Promise<void> {
    const { history } = this.#around;
    const from = this.#last("identify-sent")?.index ?? 0;
    await history.until(
      (events) =>
        events.slice(from).some((e) => e.kind === "receipt" && e.actor === this.name && e.of === "identify"),
      stepLimitMs,
    );
  }

  /** Where leaves are told, as this client would subscribe to it. */
  get topic(): string {
    return this.#topics.at(-1)?.replaceAll("{sessionId}", () => this.sessionId ?? "") ?? "";
  }

  /** What the profile subscribes to, the one last by which the rest is known to be in force. */
  get #topics(): readonly string[] {
    return topicsOf(this.#around.profile, this.#values);
  }

  /** Whom notices will name for what is done now, where the target goes by one of these; and says so to the other cases. */
  #identifiesBy(...ways: readonly NonNullable<Profile["identify"]["by"]>[]): string | null {
    const { by = "message" } = this.#around.profile.identify;
    return ways.includes(by) ? this.#claimName(this.#values) : null;
  }

  /** What notices call a session of its; {sessionId} stands in it where that is part of it, which is claimed when it opens. */
  #claimName(values: Values): string {
    const { profile, claims, token } = this.#around;
    const name = namesNobody(profile.notice) ? somebody : nameOf(profile, values);
    if (!name.includes("{sessionId}")) claims.claim(name, token);
    return name;
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

  /** Resolves true once its transport is closed, as far as it knows; false after `timeoutMs`, or where that takes too long. */
  untilClosed(timeoutMs = stepLimitMs): Promise<boolean> {
    return this.#around.history.until(() => !this.isOpen, timeoutMs);
  }

  /** The client data that it identified with last; undefined if it never did. */
  get client(): string | undefined {
    return this.#last("identify-sent")?.client;
  }

  /** Now on the case's clock, in milliseconds. */
  get nowMs(): number {
    return this.#around.history.nowMs();
  }

  /** Whether its client asks by requests, one after the other, in place of one connection. */
  get asks(): boolean {
    const transport = this.#last("opened")?.transport;
    return transport !== undefined && isOverHttp(transport);
  }

  /** Whether its client sends nothing unless told to: no heartbeats, no requests that fetch. */
  get isQuiet(): boolean {
    return this.#last("opened") !== undefined && !this.asks && this.clientHeartbeatMs === 0;
  }

  /** The period in which the client promised to be heard, in milliseconds; 0 for none. */
  get clientHeartbeatMs(): number {
    return this.#last("connected")?.clientHeartbeatMs ?? 0;
  }

  /** The period in which the target promised to be heard, in milliseconds; 0 for none. */
  get serverHeartbeatMs(): number {
    return this.#last("connected")?.serverHeartbeatMs ?? 0;
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
    from = this.#beganAt,
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
      case "requested":
        if (this.#claimSession(event.sessionId))
          history.add({ kind: "session-requested", actor, sessionId: event.sessionId });
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
        if (event.of === this.topic)
          history.add({ kind: "subscribed", actor, destination: event.of, confirmedBy: "receipt" });
        else history.add({ ...event, actor });
        return;
      case "message":
        // What the client then needs to read it, and a page to tell of it, is not the target's time.
        this.#hearing.message(event.destination, event.body, this.#arrivedAtMs);
        return;
      case "wrong-content-length":
        if (this.#around.claims.ownerOf(event.frame) === this.#around.token) history.add({ ...event, actor });
        return;
      case "heard":
        history.add({ ...event, actor }, this.#arrivedAtMs);
        return;
      default:
        history.add({ ...event, actor });
    }
  }

  /** When what the client tells of can have come at the latest. */
  get #arrivedAtMs(): number {
    return this.proxy.lastReceivedAtMs ?? this.nowMs;
  }

  /**
   * Where notices name session ids, they may name one that never identified, or never opened for its client.
   * @returns whether they do
   */
  #claimSession(sessionId: string | null): boolean {
    const { profile, claims, token } = this.#around;
    if (!namesSession(profile.notice) || sessionId === null) return false;
    claims.claim(nameOf(profile, { ...this.#values, sessionId }), token);
    return true;
  }

  #recordSessionId(read: string | null): void {
    const requested = this.#driver?.tab?.requestedSessionId();
    if (requested === undefined) return;
    this.#around.history.add({ kind: "session-id-read", actor: this.name, read, requested });
  }

  #negotiated(heartBeat: string): Negotiated {
    const negotiated = negotiate(this.#offer, heartBeat);
    if (negotiated !== undefined) return negotiated;
    const message = `CONNECTED had the malformed heart-beat "${heartBeat}"`;
    this.#around.history.add({ kind: "stomp-error", actor: this.name, message });
    return { clientHeartbeatMs: 0, serverHeartbeatMs: 0 };
  }
}
