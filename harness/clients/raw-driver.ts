import type { Driver, Emit } from "./driver.ts";
import type { ClientCommand } from "./protocol.ts";
import { connectFrame } from "./raw/connect-frame.ts";
import { limits } from "./raw/limits.ts";
import { LinkFactory, type ConnectCommand } from "./raw/link-factory.ts";
import type { TransportLink } from "./raw/link.ts";
import type { RawClient, RawClientOptions } from "./raw/raw-client.ts";
import { framesIn, TrafficRecorder } from "./raw/recorded.ts";
import { openSecond } from "./raw/second-connection.ts";
import { newSessionId } from "./raw/session-id.ts";
import { encodeStomp, StompDecoder, type StompFrame } from "./raw/codec/stomp-frame.ts";
import { messageOf } from "../util/words.ts";

/** Share of a period after which a heartbeat is sent. STOMP 1.2, "Heart-beating", wants one at least once a period. */
const heartbeatShare = 0.8;

/** Maximum number of characters that are quoted of received text. */
const quotedMax = 80;

/** Starts a client without a library. It keeps to the protocols, except as options and commands say. */
export function startRawClient(proxyPort: number, options: RawClientOptions, emit: Emit): Driver {
  const client = new RawClientDriver(proxyPort, options, emit);
  return {
    raw: client,
    do: (command) => client.act(command),
    dispose: () => {
      client.dispose();
      return Promise.resolve();
    },
  };
}

class RawClientDriver implements RawClient {
  readonly #options: RawClientOptions;
  readonly #emit: Emit;
  readonly #decoder = new StompDecoder(limits.messageBytes, limits.headBytes);
  readonly #links: LinkFactory;
  /** The link of the session; see `second` for another. */
  #first: TransportLink | undefined;
  /** Destination or kind of frame that a receipt confirms, by receipt id. */
  readonly #receipts = new Map<string, string>();
  #closesWhenAnswered = false;
  readonly #sessionId: string;
  #connect: ConnectCommand | undefined;
  readonly #traffic = new TrafficRecorder((what) => this.#emit({ kind: "traffic-arrived", what }));
  #opened = false;
  #over = false;
  #heartbeat: NodeJS.Timeout | undefined;
  /** Destinations by subscription id. */
  readonly #subscriptions = new Map<string, string>();

  constructor(proxyPort: number, options: RawClientOptions, emit: Emit) {
    this.#options = options;
    this.#emit = emit;
    this.#sessionId = options.sessionId ?? newSessionId();
    this.#links = new LinkFactory(proxyPort, options, this.#sessionId);
  }

  async act(command: ClientCommand): Promise<void> {
    switch (command.do) {
      case "connect":
        return this.#start(command);
      case "subscribe":
        return this.#subscribe(command);
      case "send": {
        const destination = this.#withSessionId(command.destination);
        return this.stomp(encodeStomp("SEND", { destination }, this.#withSessionId(command.body)));
      }
      case "identify":
        return this.#identify(command);
      case "disconnect":
        this.#closesWhenAnswered = true;
        return this.stomp(encodeStomp("DISCONNECT", { receipt: "disconnect" }));
      case "close":
        return this.#first?.close();
    }
  }

  get handshake(): Buffer {
    return this.#link.handshake;
  }

  get subscriptions(): readonly string[] {
    return [...this.#subscriptions.keys()];
  }

  connectFrame(...changes: Parameters<RawClient["connectFrame"]>): string {
    return connectFrame(this.#connected, ...changes);
  }

  stomp(...[text, pace]: Parameters<RawClient["stomp"]>): Promise<void> {
    const sent = this.#link.send(text, pace);
    if (this.#options.recordsFrames === true)
      for (const { command, headers } of framesIn(text)) this.#emit({ kind: "frame-sent", command, headers });
    if (text.startsWith("DISCONNECT\n")) {
      // "clients MUST NOT send any more frames after the DISCONNECT frame is sent", heartbeats neither.
      clearInterval(this.#heartbeat);
      const receipt = /\nreceipt:(.*)\n/.exec(text)?.[1];
      if (receipt !== undefined) this.#receipts.set(receipt, "disconnect");
      this.#emit({ kind: "disconnect-sent", receipt: receipt !== undefined });
    }
    const unsubscribed = /^UNSUBSCRIBE\n(?:.*\n)*?id:(.*)\n/.exec(text)?.[1];
    if (unsubscribed !== undefined && this.#subscriptions.has(unsubscribed))
      this.#emit({ kind: "unsubscribed" });
    return sent;
  }

  message(...[text, pace]: Parameters<RawClient["message"]>): Promise<void> {
    return this.#link.sendMessage(text, pace);
  }

  frame(...[frame, pace]: Parameters<RawClient["frame"]>): Promise<void> {
    return this.#link.sendFrame(frame, pace);
  }

  write(...[bytes, pace]: Parameters<RawClient["write"]>): Promise<void> {
    return this.#link.write(bytes, pace);
  }

  stopReading(): void {
    this.#link.stopReading();
  }

  resumeReading(): void {
    this.#link.resumeReading();
  }

  stopPolling(): Promise<true> {
    return this.#link.stopPolling();
  }

  asking(): Promise<void> {
    return this.#link.asking();
  }

  abort(): void {
    this.#link.abort();
  }

  async second(): Promise<string> {
    const connect = this.#connected;
    const destination = `second connection to ${connect.url}`;
    return openSecond(this.#links, connect, (body) => this.#emit({ kind: "message", destination, body }));
  }

  dispose(): void {
    this.#over = true;
    clearInterval(this.#heartbeat);
    this.#links.destroyAll();
  }

  async #start(connect: ConnectCommand): Promise<void> {
    this.#connect = connect;
    this.#first = this.#links.create(connect, {
      opened: () => this.#open(connect),
      early: (frame) => this.#emit({ kind: "before-open", frame: frame.slice(0, quotedMax) }),
      received: (bytes) => {
        if (this.#options.recordsBytes === true) this.#emit({ kind: "heard", bytes: bytes.length });
        this.#traffic.noteStomp(bytes);
        this.#read(bytes);
      },
      heard: () => this.#options.recordsTraffic === true && this.#traffic.noteArrival(),
      // Without a code the client itself gave up.
      closed: (code, reason) => (code === null ? this.#fail(reason) : this.#close(code, reason)),
    });
    if (connect.transport !== "native") this.#emit({ kind: "requested", sessionId: this.#sessionId });
    try {
      await this.#first.open(this.#options.until !== "line");
    } catch (error) {
      this.#close(null, messageOf(error));
    }
  }

  get #link(): TransportLink {
    if (this.#first === undefined) throw new Error("the raw client has not connected yet");
    return this.#first;
  }

  get #connected(): ConnectCommand {
    if (this.#connect === undefined) throw new Error("the raw client has not connected yet");
    return this.#connect;
  }

  #withSessionId(text: string): string {
    return text.replaceAll("{sessionId}", () =>
      this.#connected.transport === "native" ? "" : this.#sessionId,
    );
  }

  #open({ transport }: ConnectCommand): void {
    if (this.#opened) {
      this.#first?.destroy();
      return this.#close(null, "the target lost the session: it opened it a second time");
    }
    this.#opened = true;
    const sessionId = transport === "native" ? null : this.#sessionId;
    this.#emit({ kind: "opened", transport, sessionId });
    if ((this.#options.until ?? "connected") !== "connected") return;
    // If sending fails, the link reports its end.
    this.stomp(this.connectFrame()).catch(() => undefined);
  }

  #read(bytes: Buffer): void {
    let frames: StompFrame[];
    try {
      frames = this.#decoder.push(bytes);
    } catch (error) {
      return this.#fail(messageOf(error));
    }
    for (const frame of frames) this.#take(frame);
  }

  #take({ command, headers, body }: StompFrame): void {
    switch (command) {
      case "CONNECTED": {
        const heartBeat = headers["heart-beat"] ?? "0,0";
        this.#startHeartbeat(Number(/,(\d{1,9})$/.exec(heartBeat)?.[1] ?? 0));
        const { version = "1.0", server } = headers;
        this.#emit({ kind: "connected", version, heartBeat, server });
        return this.#identified(this.#connected.identifies, "");
      }
      case "MESSAGE":
        return this.#emit({ kind: "message", destination: this.#subscribedTo(headers), body });
      case "RECEIPT": {
        const of = this.#receipts.get(headers["receipt-id"] ?? "");
        if (of === undefined) return;
        this.#emit({ kind: "receipt", of });
        if (of === "disconnect" && this.#closesWhenAnswered) this.#link.close();
        return;
      }
      case "ERROR":
        return this.#emit({ kind: "stomp-error", message: headers["message"] ?? body });
      default:
        return this.#fail(
          `the target sent the unknown STOMP command ${JSON.stringify(command.slice(0, quotedMax))}`,
        );
    }
  }

  #startHeartbeat(wantedMs: number): void {
    const { outgoingMs } = this.#connected.heartbeat;
    if (wantedMs === 0 || outgoingMs === 0 || this.#options.beats === false) return;
    const periodMs = Math.max(wantedMs, outgoingMs) * heartbeatShare;
    this.#heartbeat = setInterval(() => void this.#link.send("\n").catch(() => undefined), periodMs);
  }

  #subscribe(command: Extract<ClientCommand, { do: "subscribe" }>): Promise<void> {
    const destination = this.#withSessionId(command.destination);
    const id = `subscribe-${this.#subscriptions.size + 1}`;
    this.#subscriptions.set(id, destination);
    this.#receipts.set(id, destination);
    const receipt = command.receipt ? { receipt: id } : {};
    const sent = this.stomp(encodeStomp("SUBSCRIBE", { ...command.headers, id, destination, ...receipt }));
    this.#identified(command.identifies, "");
    return sent;
  }

  #identify({
    client,
    headers,
    receipt,
    ...command
  }: Extract<ClientCommand, { do: "identify" }>): Promise<void> {
    const destination = this.#withSessionId(command.destination);
    const body = this.#withSessionId(command.body);
    const asked = receipt ? { receipt: "identify" } : {};
    this.#receipts.set("identify", "identify");
    const sent = this.stomp(
      encodeStomp("SEND", { destination, "content-type": "application/json", ...headers, ...asked }, body),
    );
    this.#identified(client, body);
    return sent;
  }

  #identified(client: string | null, body: string): void {
    if (client !== null) this.#emit({ kind: "identify-sent", client: this.#withSessionId(client), body });
  }

  /** Destination of the subscription, as the other clients report it. A server may name another one in MESSAGE. */
  #subscribedTo({ subscription = "", destination = "" }: Readonly<Record<string, string>>): string {
    return this.#subscriptions.get(subscription) ?? destination;
  }

  /** Gives up because of unreadable bytes. */
  #fail(reason: string): void {
    this.#first?.destroy();
    if (!this.#over) this.#emit({ kind: "gave-up", reason });
    this.#close(null, reason);
  }

  #close(code: number | null, reason: string): void {
    clearInterval(this.#heartbeat);
    if (this.#over) return;
    this.#over = true;
    this.#emit({ kind: "closed", code, reason });
  }
}
