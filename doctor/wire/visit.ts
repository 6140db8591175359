import { randomBytes } from "node:crypto";
import { expiring } from "../../harness/run/bounded.ts";
import type { StompFrame } from "../../harness/clients/raw/stomp-frame.ts";
import { Talk } from "./talk.ts";
import { quote, seconds } from "./words.ts";
import type { PagelessTransport } from "../../harness/profile/transports.ts";
import type { Endpoint, WireOptions } from "./wire.ts";

/** What was asked and not learned; its message says why. */
export class Unlearned extends Error {}

/** How a session begins. */
export interface Opening extends WireOptions {
  readonly transport?: PagelessTransport;
  /** STOMP versions to offer; all when left out. */
  readonly versions?: string;
  /** Heartbeats to offer, as STOMP writes them; none when left out. */
  readonly heartbeat?: string;
}

export interface Connected {
  readonly talk: Talk;
  readonly answer: StompFrame;
}

/** How long a session may take from its first byte to CONNECTED, in milliseconds. */
const connectLimitMs = 4_000;

/** One look at a target: what its questions share, and the end of all that they open. */
export class Visit {
  readonly endpoint: Endpoint;
  readonly beganAtMs = performance.now();
  /** Told apart from whatever else passes there. */
  readonly mark = `hangup-doctor-${randomBytes(4).toString("hex")}`;
  readonly #stompHeaders: Readonly<Record<string, string>>;
  readonly #patienceMs: number;
  readonly #talks: Talk[] = [];
  readonly #over = new AbortController();
  #isOver = false;
  /** The transport that questions are asked on which are not about transports. */
  main: PagelessTransport;

  constructor(endpoint: Endpoint, stompHeaders: Readonly<Record<string, string>>, patienceMs: number) {
    this.endpoint = endpoint;
    this.#stompHeaders = stompHeaders;
    this.#patienceMs = patienceMs;
    this.main = endpoint.isBare ? "native" : "websocket";
  }

  /** What is left of our patience, in milliseconds. */
  get leftMs(): number {
    return Math.max(0, this.beganAtMs + this.#patienceMs - performance.now());
  }

  /** @throws Unlearned when the visit is over */
  talk(transport: PagelessTransport = this.main, options: WireOptions = {}): Talk {
    if (this.#isOver) throw new Unlearned("there was no time left for it");
    const talk = new Talk(this.endpoint, transport, options);
    this.#talks.push(talk);
    return talk;
  }

  /** @throws Unlearned when that does not lead to CONNECTED */
  async connect({ transport = this.main, ...opening }: Opening = {}): Promise<Connected> {
    const talk = this.talk(transport, opening);
    const limitMs = Math.min(connectLimitMs, this.leftMs);
    if ((await talk.first("opened", limitMs)) === undefined) throw new Unlearned(whyNotOpened(talk, limitMs));
    this.offer(talk, opening);
    const answer = await talk.find(
      (seen) => (seen.kind === "frame" ? seen.frame : undefined),
      Math.min(limitMs, this.leftMs),
    );
    if (answer?.command === "CONNECTED") return { talk, answer };
    throw new Unlearned(answer === undefined ? whyNotConnected(talk, limitMs) : refusal(answer));
  }

  /** Sends CONNECT. */
  offer(talk: Talk, { versions = "1.2,1.1,1.0", heartbeat = "0,0" }: Opening = {}): void {
    talk.stomp("CONNECT", {
      "accept-version": versions,
      host: this.endpoint.url.hostname,
      "heart-beat": heartbeat,
      ...this.#stompHeaders,
    });
  }

  /** Aborts when the visit or our patience is over, or `limitMs` have passed. */
  signal(limitMs = Infinity): AbortSignal {
    return expiring(this.#over.signal, Math.min(limitMs, this.leftMs));
  }

  /** Ends whatever was opened, and asks nothing more. Takes a second at most. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#talks.map((talk) => talk.end()));
    this.#over.abort();
  }
}

/** The words for what came in place of the frame that was hoped for. */
export function refusal({ command, headers, body }: StompFrame): string {
  const said = headers["message"] ?? body;
  return command === "ERROR" ? `ERROR ${quote(said, 120)}` : `${quote(command, 30)} came first`;
}

/** The words for how a talk was ended by the other side; undefined while it was not. */
export function ending({ closed }: Talk): string | undefined {
  if (closed === undefined) return undefined;
  return [closed.code === null ? "" : `closed ${closed.code}`, closed.reason && quote(closed.reason, 120)]
    .filter((part) => part !== "")
    .join(" ");
}

const whyNotOpened = (talk: Talk, limitMs: number) =>
  ending(talk) ?? `did not open within ${seconds(limitMs)}`;

const whyNotConnected = (talk: Talk, limitMs: number) =>
  `opened, but no CONNECTED came: ${ending(talk) ?? `nothing within ${seconds(limitMs)}; does it speak STOMP?`}`;
