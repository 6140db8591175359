import { within } from "../../harness/util/with-timeout.ts";
import { shown } from "../wire/address.ts";
import { stompProtocols } from "../wire/handshake.ts";
import type { Reached } from "./reach.ts";
import { watchBeats, watchSilence, type Beats, type Silence } from "./silence.ts";
import {
  askTwice,
  watchDisconnectDelay,
  watchSockJsHeartbeat,
  type DisconnectDelay,
  type SockJsHeartbeat,
  type Twice,
} from "./sockjs.ts";
import {
  askEcho,
  askHeartbeat,
  askReceipts,
  askVersion,
  heartbeatOffers,
  stompVersions,
  type Came,
  type HeartbeatOffer,
  type Receipts,
  type StompVersion,
  type VersionAnswer,
} from "./stomp.ts";
import {
  firstThatWorks,
  tryNative,
  tryTransports,
  type Subprotocol,
  type TriedTransports,
} from "./transports.ts";
import { askPageTransports, type PageTransports } from "./page-transports.ts";
import { askCompression, askCookies, askOrigins, type Cookies, type Origins } from "./web.ts";
import { Unlearned, Visit } from "../wire/visit.ts";
import type { PagelessTransport } from "../../harness/profile/transports.ts";
import { messageOf } from "../wire/words.ts";

/** What connecting can show. Each is null where it was not learned; `Look.unlearned` then says why. */
export interface Learned {
  /** Each transport, tried as far as CONNECTED. */
  readonly transports: TriedTransports | null;
  /** The transport on which everything was asked that is not about transports. */
  readonly main: PagelessTransport | null;
  /** Each version, offered alone. */
  readonly versions: Readonly<Record<StompVersion, VersionAnswer>> | null;
  readonly subprotocol: Subprotocol | null;
  /** `heart-beat` of CONNECTED, by what the client offered. */
  readonly heartbeats: Readonly<Record<HeartbeatOffer, string>> | null;
  /** Whether the promised heartbeats come. */
  readonly beats: Beats | null;
  /** Whether a client that promised heartbeats and falls silent is dropped. */
  readonly silence: Silence | null;
  readonly receipts: Receipts | null;
  /** Whether a SEND to the topic comes back. Asked only where `LookOptions.topic` is given. */
  readonly echoes: Came | null;
  readonly sockJsHeartbeat: SockJsHeartbeat | null;
  readonly disconnectDelay: DisconnectDelay | null;
  readonly origins: Origins | null;
  /** Two clients with one session id over WebSocket. */
  readonly twiceOnWebSocket: Twice | null;
  /** The same over xhr-streaming, where SockJS turns the second away with 2010. */
  readonly twiceOnXhr: Twice | null;
  readonly cookies: Cookies | null;
  /** Whether permessage-deflate is used where it is offered. */
  readonly compression: boolean | null;
  /** Transports that only pages use, asked for without one. */
  readonly pageTransports: PageTransports | null;
}

/** What a look at a target showed. Plain data. */
export interface Look extends Learned {
  /** The endpoint, without its query. */
  readonly url: string;
  readonly tookMs: number;
  /** For how long the target was watched at most, in milliseconds. */
  readonly patienceMs: number;
  /** Why what is null was not learned. */
  readonly unlearned: Readonly<Partial<Record<keyof Learned, string>>>;
}

export interface LookOptions {
  /** For every HTTP request, such as `Cookie` or `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further headers of CONNECT, such as `login`. */
  readonly stompHeaders?: Readonly<Record<string, string>>;
  /** Where SUBSCRIBE and SEND disturb nobody; `/topic/hangup-doctor` when left out. */
  readonly destination?: string;
  /** A topic, and what to send to it. Others who listen there see it, so it is done only where this is given. */
  readonly topic?: { readonly destination: string; readonly body: string };
  /** For how long to watch for what takes its time, in milliseconds; 9,000 when left out. */
  readonly patienceMs?: number;
}

/** What is added to our patience for questions that are just being answered, in milliseconds. */
const graceMs = 500;

/**
 * Finds out by connecting what can be found out so, all of it side by side, in a second more than its patience. Never
 * rejects; leaves no connection behind.
 */
export async function look(
  url: URL,
  reached: Exclude<Reached, { kind: "nothing" }>,
  { patienceMs = 9_000, ...options }: LookOptions = {},
): Promise<Look> {
  const address = new URL(url);
  address.protocol = address.protocol.replace(/^ws/, "http");
  const endpoint = { url: address, isBare: reached.kind === "websocket", headers: options.headers ?? {} };
  const visit = new Visit(endpoint, options.stompHeaders ?? {}, patienceMs);
  const unlearned: Partial<Record<keyof Learned, string>> = {};
  try {
    const learned = await askAll(questions(visit, options), visit, unlearned);
    return {
      url: shown(url),
      tookMs: Math.round(performance.now() - visit.beganAtMs),
      patienceMs,
      ...learned,
      unlearned,
    };
  } finally {
    await visit.end();
  }
}

type Questions = { readonly [Q in keyof Learned]: () => Promise<Learned[Q]> };

function questions(visit: Visit, options: LookOptions): Questions {
  const tried = tryTransports(visit);
  const main = firstThatWorks(tried).then((transport) => (visit.main = transport));
  main.catch(() => undefined);
  const { isBare } = visit.endpoint;
  const onMain =
    <T>(question: () => Promise<T>) =>
    () =>
      main.then(question);
  const onSockJs = <T>(question: () => Promise<T>) => (isBare ? unasked("there is no SockJS") : question);
  const { topic, destination = "/topic/hangup-doctor" } = options;
  return {
    transports: () => settled(tried),
    main: () => main,
    versions: onMain(() => eachOf(stompVersions, (version) => askVersion(visit, version))),
    subprotocol: async () => {
      const [offered, notOffered] = await Promise.all([
        tryNative(visit, stompProtocols),
        tryNative(visit, []),
      ]);
      return { offered, notOffered };
    },
    heartbeats: onMain(() => eachOf(heartbeatOffers, (offer) => askHeartbeat(visit, offer))),
    beats: onMain(() => watchBeats(visit)),
    silence: onMain(() => watchSilence(visit)),
    receipts: onMain(() => askReceipts(visit, destination)),
    echoes:
      topic === undefined
        ? unasked("others would see it; no topic was given for it")
        : onMain(() => askEcho(visit, topic.destination, topic.body)),
    sockJsHeartbeat: onSockJs(() => watchSockJsHeartbeat(visit)),
    disconnectDelay: onSockJs(() => watchDisconnectDelay(visit)),
    origins: () => askOrigins(visit),
    twiceOnWebSocket: onSockJs(() => askTwice(visit, "websocket")),
    twiceOnXhr: onSockJs(() => askTwice(visit, "xhr-streaming")),
    cookies: () => askCookies(visit),
    compression: () => askCompression(visit),
    pageTransports: onSockJs(() => askPageTransports(visit)),
  };
}

const unasked = (why: string) => () => Promise.reject(new Unlearned(why));

async function askAll(
  questions: Questions,
  visit: Visit,
  unlearned: Partial<Record<keyof Learned, string>>,
): Promise<Learned> {
  const answers = Object.entries(questions).map(async ([name, question]) => {
    const subject = name as keyof Learned;
    try {
      const answer = await within<unknown>(visit.leftMs + graceMs, question());
      if (answer === undefined) throw new Unlearned("there was no time left for it");
      return [subject, answer] as const;
    } catch (error) {
      unlearned[subject] = messageOf(error);
      return [subject, null] as const;
    }
  });
  return Object.fromEntries(await Promise.all(answers)) as unknown as Learned;
}

async function settled<K extends string, T>(
  promises: ReadonlyMap<K, Promise<T>>,
): Promise<Partial<Record<K, T>>> {
  const entries = [...promises].map(async ([name, promise]) => [name, await promise] as const);
  return Object.fromEntries(await Promise.all(entries)) as Partial<Record<K, T>>;
}

/** The answer of each, by its name; if one has none, none has. */
async function eachOf<K extends string, T>(
  names: readonly K[],
  question: (name: K) => Promise<T>,
): Promise<Record<K, T>> {
  const entries = names.map(async (name) => [name, await question(name)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<K, T>;
}
