import type { Driver, Emit } from "./driver.ts";
import type { ClientCommand } from "./protocol.ts";
import { isHttpTransport } from "../profile/transports.ts";
import { HttpLink } from "./raw/http-link.ts";
import { limits } from "./raw/limits.ts";
import type { Destination } from "./raw/line.ts";
import type { Link, LinkAddress, LinkListener } from "./raw/link.ts";
import type { Speaker, SpeakerOptions } from "./raw/raw-client.ts";
import { newSessionId } from "./raw/session-id.ts";
import { encodeStomp, StompDecoder, type StompFrame } from "./raw/stomp-frame.ts";
import { WebSocketLink } from "./raw/websocket-link.ts";

type Connect = Extract<ClientCommand, { do: "connect" }>;

/** STOMP 1.2, "Heart-beating", has the sender send at least once a period. This leaves room for the way. */
const heartbeatShare = 0.8;

/** As much of what came as anybody wants to read, in characters. */
const quotedMax = 80;

/** A client whose every byte is its own: it keeps to the protocols until it is told to break them. */
export function startSpeaker(proxyPort: number, options: SpeakerOptions, emit: Emit): Driver {
  const client = new SpeakerClient(proxyPort, options, emit);
  return {
    speaker: client,
    do: (command) => client.act(command),
    dispose: () => {
      client.dispose();
      return Promise.resolve();
    },
  };
}

class SpeakerClient implements Speaker {
  readonly #proxyPort: number;
  readonly #options: SpeakerOptions;
  readonly #emit: Emit;
  readonly #received = { bytes: 0 };
  readonly #decoder = new StompDecoder(limits.messageBytes, limits.headBytes);
  readonly #links: Link[] = [];
  /** By receipt id: what the receipt is of. */
  readonly #receipts = new Map<string, string>();
  #closesWhenAnswered = false;
  readonly #sessionId: string;
  #connect: Connect | undefined;
  #opened = false;
  #requests = -1;
  #over = false;
  #heartbeat: NodeJS.Timeout | undefined;
  /** By id: what was subscribed to. */
  readonly #subscriptions = new Map<string, string>();

  constructor(proxyPort: number, options: SpeakerOptions, emit: Emit) {
    this.#proxyPort = proxyPort;
    this.#options = options;
    this.#emit = emit;
    this.#sessionId = options.sessionId ?? newSessionId();
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
        return this.#links[0]?.close();
    }
  }

  get handshake(): Buffer {
    return this.#link.handshake;
  }

  get subscriptions(): readonly string[] {
    return [...this.#subscriptions.keys()];
  }

  connectFrame(...[changes = {}, command = "CONNECT"]: Parameters<Speaker["connectFrame"]>): string {
    const { versions, url, heartbeat, stompHeaders } = this.#connected;
    const { outgoingMs, incomingMs } = heartbeat;
    const headers: Readonly<Record<string, string | undefined>> = {
      "accept-version": versions.join(","),
      host: new URL(url).hostname,
      "heart-beat": `${outgoingMs},${incomingMs}`,
      ...stompHeaders,
      ...changes,
    };
    const given = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return encodeStomp(command, Object.fromEntries(given));
  }

  stomp(...[text, pace]: Parameters<Speaker["stomp"]>): Promise<void> {
    const sent = this.#link.send(text, pace);
    if (this.#options.tellsFrames === true) this.#tellFrames(text);
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

  #tellFrames(text: string): void {
    const decoder = new StompDecoder(limits.messageBytes, limits.headBytes);
    for (const { command, headers } of decoder.push(Buffer.from(text)))
      this.#emit({ kind: "frame-sent", command, headers });
  }

  message(...[text, pace]: Parameters<Speaker["message"]>): Promise<void> {
    return this.#link.sendMessage(text, pace);
  }

  frame(...[frame, pace]: Parameters<Speaker["frame"]>): Promise<void> {
    return this.#link.sendFrame(frame, pace);
  }

  write(...[bytes, pace]: Parameters<Speaker["write"]>): Promise<void> {
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
    return new Promise((resolve, reject) => {
      const silent = setTimeout(() => resolve("nothing"), connect.timeoutMs);
      const tell = (body: string) => {
        clearTimeout(silent);
        this.#emit({ kind: "message", destination: `second connection to ${connect.url}`, body });
        resolve(body);
      };
      const link = this.#linkTo(connect, {
        opened: () => tell("opened"),
        early: () => undefined,
        received: (bytes) => tell(`received ${String(bytes)}`),
        closed: (code, reason) => tell(`closed ${code ?? "for"} ${reason}`.trim()),
      });
      link.open(true).catch((error: unknown) => {
        clearTimeout(silent);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  dispose(): void {
    this.#over = true;
    clearInterval(this.#heartbeat);
    for (const link of this.#links) link.destroy();
  }

  async #start(connect: Connect): Promise<void> {
    this.#connect = connect;
    const link = this.#linkTo(connect, {
      opened: () => this.#open(connect),
      early: (frame) => this.#emit({ kind: "before-open", frame: frame.slice(0, quotedMax) }),
      received: (bytes) => {
        if (this.#options.tellsBytes === true) this.#emit({ kind: "heard", bytes: bytes.length });
        this.#read(bytes);
      },
      // Without a code the client itself could not go on.
      closed: (code, reason) => (code === null ? this.#fail(reason) : this.#close(code, reason)),
    });
    if (connect.transport !== "native") this.#emit({ kind: "requested", sessionId: this.#sessionId });
    try {
      await link.open(this.#options.until !== "line");
    } catch (error) {
      this.#close(null, error instanceof Error ? error.message : String(error));
    }
  }

  get #link(): Link {
    const [first] = this.#links;
    if (first === undefined) throw new Error("the speaker has not connected yet");
    return first;
  }

  get #connected(): Connect {
    if (this.#connect === undefined) throw new Error("the speaker has not connected yet");
    return this.#connect;
  }

  #withSessionId(text: string): string {
    return text.replaceAll("{sessionId}", () =>
      this.#connected.transport === "native" ? "" : this.#sessionId,
    );
  }

  #linkTo({ url, transport, timeoutMs, httpHeaders }: Connect, listener: LinkListener): Link {
    const target = new URL(url);
    const to: Destination = { proxyPort: this.#proxyPort, target, timeoutMs, received: this.#received };
    const headers = { Host: target.host, "User-Agent": "hangup", ...httpHeaders, ...this.#options.headers };
    const native: LinkAddress = { path: () => target.pathname + target.search, headers };
    const base = target.pathname.replace(/\/$/, "");
    const path = (name: string) =>
      `${base}/${this.#nextServerId()}/${this.#sessionId}/${name}${target.search}`;
    const sockJs: LinkAddress = { path, headers };
    let link: Link;
    if (isHttpTransport(transport)) link = new HttpLink(to, sockJs, transport, listener);
    else if (transport === "native") link = new WebSocketLink(to, native, false, listener);
    else if (transport === "websocket") link = new WebSocketLink(to, sockJs, true, listener);
    else throw new Error(`a speaker can't speak ${transport}`);
    this.#links.push(link);
    return link;
  }

  #nextServerId(): string {
    const { serverIds = [] } = this.#options;
    return serverIds[(this.#requests += 1) % serverIds.length] ?? "000";
  }

  #open({ transport }: Connect): void {
    if (this.#opened) {
      this.#links[0]?.destroy();
      return this.#close(null, "the target lost the session: it opened it a second time");
    }
    this.#opened = true;
    const sessionId = transport === "native" ? null : this.#sessionId;
    this.#emit({ kind: "opened", transport, sessionId });
    if ((this.#options.until ?? "connected") !== "connected") return;
    // If it can't be sent, the end of the link is told.
    this.stomp(this.connectFrame()).catch(() => undefined);
  }

  #read(bytes: Buffer): void {
    let frames: StompFrame[];
    try {
      frames = this.#decoder.push(bytes);
    } catch (error) {
      return this.#fail(error instanceof Error ? error.message : String(error));
    }
    for (const frame of frames) this.#take(frame);
  }

  #take({ command, headers, body }: StompFrame): void {
    switch (command) {
      case "CONNECTED": {
        const heartBeat = headers["heart-beat"] ?? "0,0";
        this.#startHeartbeat(Number(/,(\d{1,9})$/.exec(heartBeat)?.[1] ?? 0));
        this.#emit({ kind: "connected", version: headers["version"] ?? "1.0", heartBeat });
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

  /** What the subscription asked for, as the other clients tell it; a server may call it otherwise in MESSAGE. */
  #subscribedTo({ subscription = "", destination = "" }: Readonly<Record<string, string>>): string {
    return this.#subscriptions.get(subscription) ?? destination;
  }

  /** The client gives up by itself, for what it can't read. */
  #fail(reason: string): void {
    this.#links[0]?.destroy();
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
