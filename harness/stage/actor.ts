import type { Driver } from "../clients/driver.ts";
import { offerOf } from "../clients/negotiate.ts";
import type { RawClient } from "../clients/raw/raw-client.ts";
import { assertPossible } from "../clients/transports.ts";
import type { HistoryEvent } from "../history/events/events.ts";
import { takenDisconnect, sessionsOf } from "../history/sessions/sessions.ts";
import { backlogLimitBytes } from "../network/flow.ts";
import type { Proxy } from "../network/proxy.ts";
import { fill } from "../profile/template.ts";
import { witnessLimitMs } from "../util/limits.ts";
import type { ActorOptions, ConnectOptions } from "./actor/actor-options.ts";
import { startActorProxy } from "./actor/actor-proxy.ts";
import { awaitable } from "./actor/awaitable.ts";
import type { CaseContext } from "./case-context.ts";
import { ClientEventRecorder } from "./actor/client-event-recorder.ts";
import { ClientIdentity } from "./actor/client-identity.ts";
import { settingsOf, usualTransport, type Possessions } from "./connection-settings.ts";
import { identifyCommand, identifyFrame, type SpoilBody } from "./actor/identify-message.ts";
import { SessionGuard } from "./actor/session-guard.ts";
import { SessionView } from "./actor/session-view.ts";
import type { Cookie } from "../util/cookies.ts";
import { startClient } from "./actor/start-client.ts";
import { untilConnected } from "./actor/until-connected.ts";
import { patienceMs, stepLimitMs } from "./limits.ts";
import { requestSubscriptions, subscribe, type Subscriber } from "./actor/subscribe.ts";

/** A scripted client with its own proxy to the target. `session` tells the state of its session. */
export class Actor {
  readonly name: string;
  readonly proxy: Proxy;
  readonly session: SessionView;
  /** Time of the current client's own last byte to the target, if a fault reports it; see `Witness.lastByteAtMs`. */
  lastOwnByteAtMs: number | undefined;
  /** Cookies that the client's setup requests have left. */
  readonly #cookies: readonly Cookie[];
  readonly #context: CaseContext;
  readonly #identity: ClientIdentity;
  readonly #guard: SessionGuard;
  #driver: Driver | undefined;
  #recorder: ClientEventRecorder | undefined;
  /** Index of the current client's first event. */
  #firstIndex = 0;
  #holdsIdentify = false;

  private constructor(name: string, { values, cookies }: Possessions, proxy: Proxy, context: CaseContext) {
    const { history } = context;
    this.name = name;
    this.proxy = proxy;
    this.#cookies = cookies;
    this.#context = context;
    this.#identity = new ClientIdentity(values, context);
    this.session = new SessionView(name, history, () => this.#firstIndex);
    this.#guard = new SessionGuard(this.session, history);
  }

  /**
   * Creates an actor and sends the profile's setup requests for it.
   * @param client client data to identify with by default
   */
  static async create(
    name: string,
    client: string,
    context: CaseContext,
    by: ActorOptions["by"],
  ): Promise<Actor> {
    const possessions = await context.setupRequests.possessionsFor(client, context.token);
    const proxy = await startActorProxy(name, context, by === "tab");
    return new Actor(name, possessions, proxy, context);
  }

  get driver(): Driver {
    if (this.#driver === undefined) throw new Error(`${this.name} has no client yet`);
    return this.#driver;
  }

  /** The raw client of an actor that joined `by: "raw"`. */
  get raw(): RawClient {
    const { raw } = this.driver;
    if (raw === undefined) throw new Error(`${this.name} is no raw client; join it by: "raw"`);
    return raw;
  }

  /** Destination of leave notices, as this client subscribes to it. */
  get topic(): string {
    return this.#identity.topicOf(this.session.id);
  }

  /** Current time on the case's clock, in milliseconds. */
  get nowMs(): number {
    return this.#context.history.nowMs();
  }

  /**
   * Opens the transport and sends CONNECT. The options of a raw client may stop it earlier.
   * @throws Error if the client gets no CONNECTED, or another transport than the wanted one
   */
  async connect(given: ConnectOptions): Promise<void> {
    const { history, profile, target } = this.#context;
    const stopsHere = given.stopsBeforeIdentify === true && profile.identify.by === "connect";
    const options = stopsHere ? { ...given, raw: { ...given.raw, until: "opened" } as const } : given;
    const { by = "harness", transport: wanted = usualTransport(profile) } = options;
    this.#firstIndex = history.events.length;
    this.lastOwnByteAtMs = undefined;
    assertPossible(by, wanted);
    const possessions = { values: this.#identity.values, cookies: this.#cookies };
    const settings = await settingsOf(options, profile, target, possessions);
    const offer = offerOf(options.heartbeats, profile);
    const { name, proxy, session } = this;
    const requestedSessionId = () => this.#driver?.tab?.requestedSessionId();
    const identity = this.#identity;
    const recorder = new ClientEventRecorder(
      { name, proxy, session, identity, offer, requestedSessionId },
      this.#context,
    );
    this.#recorder = recorder;
    this.#driver = await startClient(options, proxy.port, settings, this.#context, (event) => {
      // Events of a client that was replaced belong to no session.
      if (recorder === this.#recorder) recorder.record(event);
    });
    const endpoint = settings.url;
    if (wanted === "native") endpoint.protocol = endpoint.protocol.replace("http", "ws");
    if (wanted === "native" && profile.transport === "sockjs") endpoint.pathname += "/websocket";
    await this.driver.do({
      do: "connect",
      url: endpoint.href,
      transport: wanted,
      timeoutMs: stepLimitMs,
      heartbeat: offer,
      versions: profile.stomp.versions,
      stompHeaders: { ...settings.stompHeaders, ...options.connectHeaders },
      httpHeaders: settings.httpHeaders,
      compression: options.compression ?? false,
      identifies: stopsHere ? null : this.#identity.claimFor("connect", "nothing"),
    });
    const { until = "connected" } = options.raw ?? {};
    if (until !== "line") await untilConnected(name, session, history, { until, transport: wanted });
  }

  /**
   * Replaces the client by a new one and connects it. The earlier session has to be over.
   * @throws Error as `connect`
   */
  async reconnect(options: ConnectOptions): Promise<void> {
    await this.#driver?.dispose();
    this.proxy.heal();
    await this.connect(options);
  }

  /**
   * Waits for an event of the current client, or for one after which it can't come. Records a wait that timed out.
   * @param limitMs ten seconds by default
   * @returns the first such event's kind; undefined after a timeout
   */
  async until(
    awaited: keyof typeof awaitable,
    limitMs = stepLimitMs,
  ): Promise<HistoryEvent["kind"] | undefined> {
    const { history } = this.#context;
    const first = () => this.session.first(awaitable[awaited]);
    if (await history.until(() => first() !== undefined, limitMs)) return first()?.kind;
    history.add({ kind: "waited-in-vain", actor: this.name, awaited, waitedMs: limitMs });
    return undefined;
  }

  /** Sends the profile's `logout` for this client. Throws if the target does not answer it with success. */
  logOut(): Promise<void> {
    const { values } = this.#identity;
    return this.#context.setupRequests.logOut({
      values: { ...values, sessionId: this.session.id ?? "" },
      cookies: this.#cookies,
    });
  }

  /** Requests the list of clients as the profile's `roster` says, and waits for the answer. */
  async readRoster(): Promise<void> {
    const { roster } = this.#context.profile;
    if (roster === undefined) throw new Error('the profile has no roster; the scenario needs "roster"');
    const destination = fill(roster.destination, this.#identity.values);
    await this.driver.do({ do: "subscribe", destination, receipt: false, headers: {}, identifies: null });
    await this.until("the list of who is there");
  }

  /** Subscribes to join and leave notices, and waits until the subscription is in force, as far as the profile can tell. */
  async subscribe(): Promise<void> {
    this.#recorder?.startListening();
    await subscribe(this.#subscriber);
  }

  get #subscriber(): Subscriber {
    const { name: actor, driver, session } = this;
    return { actor, context: this.#context, identity: this.#identity, guard: this.#guard, driver, session };
  }

  /**
   * Identifies, if the target takes a message for that, or a subscription that the actor has not made yet.
   * @param client client data to send
   * @param sessionId session id to send in place of the actor's own
   */
  async identify(client: string, sessionId?: string): Promise<void> {
    const { history, profile } = this.#context;
    const { session } = this;
    if (profile.identify.by === "subscribe" && !session.has("subscribed")) return this.subscribe();
    const values = { ...this.#identity.values, client };
    const command = identifyCommand(profile, values, () => this.#identity.claimName(values), sessionId);
    if (command === undefined) return;
    const from = history.events.length;
    await this.#guard.do(this.driver, command);
    const sent = await history.until(() => session.has("identify-sent", from), stepLimitMs);
    if (!sent) throw new Error(`${this.name}'s client did not identify within ${stepLimitMs} ms`);
  }

  /**
   * Makes an identify message as a frame that a raw client can send. The history does not record it as an identify.
   * @param spoil changes the message's body; its second argument is the client data in it
   * @param client client data in the frame; the actor's own by default
   */
  identifyFrame(spoil?: SpoilBody, client = this.#identity.values["client"] ?? ""): string {
    const values = { ...this.#identity.values, client, sessionId: this.session.id ?? "" };
    const frame = identifyFrame(this.#context.profile, values, spoil);
    this.#identity.claimName(values);
    return frame;
  }

  /**
   * Identifies, but holds the message, CONNECT or SUBSCRIBE in the proxy until `releaseIdentify`.
   * @throws Error if it does not reach the proxy
   */
  async holdIdentify(client: string): Promise<void> {
    this.proxy.reshape("to-target", { kind: "hold", limitBytes: backlogLimitBytes });
    // A heartbeat is shorter than any name, and the end of an earlier request has no bytes.
    const arrived = this.proxy.kept("to-target", witnessLimitMs, client.length);
    // Over HTTP the request ends only with its answer, which can't come yet. The history tells the outcome.
    this.#sendIdentify(client).catch(() => undefined);
    const kept = await arrived;
    if (kept === undefined || !this.session.has("identify-sent"))
      throw new Error(`${this.name}'s identify did not come to its proxy`);
    this.#context.history.add({ kind: "identify-held", actor: this.name, bytes: kept.bytes });
    this.#holdsIdentify = true;
  }

  #sendIdentify(client: string): Promise<void> {
    const { by } = this.#context.profile.identify;
    if (by === "subscribe") return requestSubscriptions(this.#subscriber);
    if (by !== "connect") return this.identify(client);
    const name = this.#identity.claimName().replaceAll("{sessionId}", () => this.session.id ?? "");
    this.#recorder?.record({ kind: "identify-sent", client: name, body: "" });
    return this.raw.stomp(this.raw.connectFrame());
  }

  /** Lets a held identify go on to the target, if there is one. */
  releaseIdentify(): void {
    if (this.#holdsIdentify) this.proxy.heal();
    this.#holdsIdentify = false;
  }

  /** Waits for the RECEIPT of the latest identify message, ten seconds at most. */
  async untilIdentifyReceipt(): Promise<void> {
    const from = this.session.last("identify-sent")?.index ?? 0;
    await this.#context.history.until(
      (events) =>
        events.slice(from).some((e) => e.kind === "receipt" && e.actor === this.name && e.of === "identify"),
      stepLimitMs,
    );
  }

  /** Waits until the target shows that it took the client's DISCONNECT, see `patienceMs`. */
  async untilDisconnectTaken(): Promise<void> {
    const { history, profile } = this.#context;
    await history.until(
      (events) =>
        sessionsOf(events).some(
          (session) => session.actor === this.name && takenDisconnect(session, events) !== undefined,
        ),
      patienceMs(profile.deadlines.endedMs),
    );
  }

  /** Resolves true when the client's transport is closed, false after `timeoutMs`. */
  untilClosed(timeoutMs = stepLimitMs): Promise<boolean> {
    return this.#context.history.until(() => !this.session.isOpen, timeoutMs);
  }

  /** Resolves true when the actor has identified in a session after its latest fault, false after ten seconds. */
  untilIdentifiedAgain(): Promise<boolean> {
    return this.#context.history.until(() => this.session.hasIdentifiedAgain, stepLimitMs);
  }

  /** Frees the client and the proxy, in whatever state they are. */
  async dispose(): Promise<void> {
    try {
      await this.#driver?.dispose();
    } finally {
      await this.proxy.close();
    }
  }
}
