import { randomBytes } from "node:crypto";
import { abortAfter } from "../../harness/run/case-timeouts.ts";
import type { StompFrame } from "../../harness/clients/raw/codec/stomp-frame.ts";
import { RecordedSession } from "./recorded-session.ts";
import { quote, seconds } from "./words.ts";
import type { PagelessTransport } from "../../harness/profile/transports.ts";
import type { WireEndpoint, WireOptions, WireTransport } from "./wire.ts";

/** Error for a question without an answer. The message gives the reason. */
export class UnknownFactError extends Error {}

/** Options for the beginning of a session. */
export interface Opening extends WireOptions {
  readonly transport?: WireTransport;
  /** STOMP versions to offer; all by default. */
  readonly versions?: string;
  /** Heartbeats to offer, in the form of `heart-beat`; none by default. */
  readonly heartbeat?: string;
}

export interface Connected {
  readonly talk: RecordedSession;
  readonly answer: StompFrame;
}

/** Time limit from the first byte to CONNECTED, in milliseconds. */
const connectLimitMs = 4_000;

/** Examination of a target: the shared state of all questions, and the cleanup of all connections. */
export class Examination {
  readonly endpoint: WireEndpoint;
  readonly beganAtMs = performance.now();
  /** Unique text in all messages of this visit. */
  readonly mark = `hangup-doctor-${randomBytes(4).toString("hex")}`;
  readonly #stompHeaders: Readonly<Record<string, string>>;
  readonly #patienceMs: number;
  readonly #talks: RecordedSession[] = [];
  readonly #over = new AbortController();
  #isOver = false;
  /** Transport of all questions that are not about transports. */
  main: PagelessTransport;

  constructor(endpoint: WireEndpoint, stompHeaders: Readonly<Record<string, string>>, patienceMs: number) {
    this.endpoint = endpoint;
    this.#stompHeaders = stompHeaders;
    this.#patienceMs = patienceMs;
    this.main = endpoint.isBare ? "native" : "websocket";
  }

  /** Returns the remaining time, in milliseconds. */
  get leftMs(): number {
    return Math.max(0, this.beganAtMs + this.#patienceMs - performance.now());
  }

  /** @throws UnknownFactError after the end of the visit */
  talk(transport: WireTransport = this.main, options: WireOptions = {}): RecordedSession {
    if (this.#isOver) throw new UnknownFactError("there was no time left for it");
    const talk = new RecordedSession(this.endpoint, transport, options);
    this.#talks.push(talk);
    return talk;
  }

  /** @throws UnknownFactError if no CONNECTED arrives */
  async connect({ transport = this.main, ...opening }: Opening = {}): Promise<Connected> {
    const talk = this.talk(transport, opening);
    const limitMs = Math.min(connectLimitMs, this.leftMs);
    if ((await talk.first("opened", limitMs)) === undefined)
      throw new UnknownFactError(whyNotOpened(talk, limitMs));
    this.offer(talk, opening);
    const answer = await talk.find(
      (seen) => (seen.kind === "frame" ? seen.frame : undefined),
      Math.min(limitMs, this.leftMs),
    );
    if (answer?.command === "CONNECTED") return { talk, answer };
    throw new UnknownFactError(answer === undefined ? whyNotConnected(talk, limitMs) : refusal(answer));
  }

  /** Sends CONNECT. */
  offer(talk: RecordedSession, { versions = "1.2,1.1,1.0", heartbeat = "0,0" }: Opening = {}): void {
    talk.stomp("CONNECT", {
      "accept-version": versions,
      host: this.endpoint.url.hostname,
      "heart-beat": heartbeat,
      ...this.#stompHeaders,
    });
  }

  /** Returns a signal that aborts at the end of the visit or after `limitMs`. */
  signal(limitMs = Infinity): AbortSignal {
    return abortAfter(this.#over.signal, Math.min(limitMs, this.leftMs));
  }

  /** Closes everything and asks no further question. Takes a second at most. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#talks.map((talk) => talk.end()));
    this.#over.abort();
  }
}

/** Describes the frame that arrived instead of the expected one. */
export function refusal({ command, headers, body }: StompFrame): string {
  if (command !== "ERROR") return `${quote(command, 30)} came first`;
  const text = body.trim();
  const { message } = headers;
  if (message === undefined || message === text) return `ERROR ${quote(text, 160)}`;
  return text === ""
    ? `ERROR ${quote(message, 120)}`
    : `ERROR ${quote(message, 120)}, with the body ${quote(text, 160)}`;
}

/** Describes the target's end of a talk; undefined for an open one. */
export function ending({ closed }: RecordedSession): string | undefined {
  if (closed === undefined) return undefined;
  return [closed.code === null ? "" : `closed ${closed.code}`, closed.reason && quote(closed.reason, 120)]
    .filter((part) => part !== "")
    .join(" ");
}

const whyNotOpened = (talk: RecordedSession, limitMs: number) =>
  ending(talk) ?? `did not open within ${seconds(limitMs)}`;

const whyNotConnected = (talk: RecordedSession, limitMs: number) =>
  `opened, but no CONNECTED came: ${ending(talk) ?? `nothing within ${seconds(limitMs)}; does it speak STOMP?`}`;
