import { withTimeout } from "../../harness/util/with-timeout.ts";
import { shown } from "../wire/address.ts";
import { stompProtocols } from "../wire/handshake.ts";
import type { Reached } from "./reach.ts";
import { watchBeats, watchSilence, type Beats, type SilenceResult } from "./silence.ts";
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
import { UnknownFactError, Examination } from "../wire/examination.ts";
import type { PagelessTransport } from "../../harness/profile/transports.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Facts that connecting can show. Null stands for an unknown fact; `Look.unlearned` gives the reason. */
export interface LookFacts {
  /** Result of each transport up to CONNECTED. */
  readonly transports: TriedTransports | null;
  /** Transport of all questions that are not about transports. */
  readonly main: PagelessTransport | null;
  /** Answer to each version, offered alone. */
  readonly versions: Readonly<Record<StompVersion, VersionAnswer>> | null;
  readonly subprotocol: Subprotocol | null;
  /** `heart-beat` header of CONNECTED, by the client's offer. */
  readonly heartbeats: Readonly<Record<HeartbeatOffer, string>> | null;
  /** True if the target sends the promised heartbeats. */
  readonly beats: Beats | null;
  /** True if the target drops a client that promised heartbeats and falls silent. */
  readonly silence: SilenceResult | null;
  readonly receipts: Receipts | null;
  /** True if a SEND to the topic comes back. Tested only with `LookOptions.topic`. */
  readonly echoes: Came | null;
  readonly sockJsHeartbeat: SockJsHeartbeat | null;
  readonly disconnectDelay: DisconnectDelay | null;
  readonly origins: Origins | null;
  /** Result for two clients with one session id over WebSocket. */
  readonly twiceOnWebSocket: Twice | null;
  /** The same over xhr-streaming, where SockJS rejects the second client with 2010. */
  readonly twiceOnXhr: Twice | null;
  readonly cookies: Cookies | null;
  /** True if the target uses permessage-deflate when offered. */
  readonly compression: boolean | null;
  /** Transports that only pages use, requested without a page. */
  readonly pageTransports: PageTransports | null;
}

/** Facts before a look. */
export const nothingKnown: LookFacts = {
  transports: null,
  main: null,
  versions: null,
  subprotocol: null,
  heartbeats: null,
  beats: null,
  silence: null,
  receipts: null,
  echoes: null,
  sockJsHeartbeat: null,
  disconnectDelay: null,
  origins: null,
  twiceOnWebSocket: null,
  twiceOnXhr: null,
  cookies: null,
  compression: null,
  pageTransports: null,
};

/** Result of a look at a target. Plain data. */
export interface Look extends LookFacts {
  /** Endpoint, without its query. */
  readonly url: string;
  readonly tookMs: number;
  /** Longest time for which the target was watched, in milliseconds. */
  readonly patienceMs: number;
  /** Reasons for unknown facts. */
  readonly unlearned: Readonly<Partial<Record<keyof LookFacts, string>>>;
}

export interface LookOptions {
  /** Headers of every HTTP request, such as `Cookie` or `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Additional CONNECT headers, such as `login`. */
  readonly stompHeaders?: Readonly<Record<string, string>>;
  /** Topic and a message for it. Other subscribers receive the message, so the doctor sends it only when told to. */
  readonly topic?: { readonly destination: string; readonly body: string };
  /** Time to watch slow processes, in milliseconds; 9,000 by default. */
  readonly patienceMs?: number;
  /** Called for each fact as soon as it is known, and with null for one that stays unknown. */
  readonly onFact?: <Name extends keyof LookFacts>(name: Name, fact: LookFacts[Name]) => void;
}

/** Extra time for questions that are under way when the time is up, in milliseconds. */
const graceMs = 500;

/**
 * Examines a target by connecting, with all questions side by side. Takes the given time and a second more. Never
 * rejects, and leaves no connection behind.
 */
export async function look(
  url: URL,
  reached: Exclude<Reached, { kind: "nothing" }>,
  { patienceMs = 9_000, onFact = () => undefined, ...options }: LookOptions = {},
): Promise<Look> {
  const address = new URL(url);
  address.protocol = address.protocol.replace(/^ws/, "http");
  const endpoint = { url: address, isBare: reached.kind === "websocket", headers: options.headers ?? {} };
  const visit = new Examination(endpoint, options.stompHeaders ?? {}, patienceMs);
  const unlearned: Partial<Record<keyof LookFacts, string>> = {};
  try {
    const learned = await askAll(questions(visit, options), visit, unlearned, onFact);
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

type Questions = { readonly [Q in keyof LookFacts]: () => Promise<LookFacts[Q]> };

function questions(visit: Examination, options: LookOptions): Questions {
  const tried = tryTransports(visit);
  const main = firstThatWorks(tried).then((transport) => (visit.main = transport));
  main.catch(() => undefined);
  const { isBare } = visit.endpoint;
  const onMain =
    <T>(question: () => Promise<T>) =>
    () =>
      main.then(question);
  const onSockJs = <T>(question: () => Promise<T>) => (isBare ? unasked("there is no SockJS") : question);
  const { topic } = options;
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
    receipts: onMain(() => askReceipts(visit, topic?.destination)),
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

const unasked = (why: string) => () => Promise.reject(new UnknownFactError(why));

async function askAll(
  questions: Questions,
  visit: Examination,
  unlearned: Partial<Record<keyof LookFacts, string>>,
  onFact: NonNullable<LookOptions["onFact"]>,
): Promise<LookFacts> {
  const answerTo = async (subject: keyof LookFacts): Promise<unknown> => {
    try {
      const answer = await withTimeout<unknown>(visit.leftMs + graceMs, questions[subject]());
      if (answer === undefined) throw new UnknownFactError("there was no time left for it");
      return answer;
    } catch (error) {
      unlearned[subject] = messageOf(error);
      return null;
    }
  };
  const answers = Object.keys(questions).map(async (name) => {
    const subject = name as keyof LookFacts;
    const answer = await answerTo(subject);
    onFact(subject, answer as LookFacts[typeof subject]);
    return [subject, answer] as const;
  });
  return Object.fromEntries(await Promise.all(answers)) as unknown as LookFacts;
}

async function settled<K extends string, T>(
  promises: ReadonlyMap<K, Promise<T>>,
): Promise<Partial<Record<K, T>>> {
  const entries = [...promises].map(async ([name, promise]) => [name, await promise] as const);
  return Object.fromEntries(await Promise.all(entries)) as Partial<Record<K, T>>;
}

/** Returns the answers by name; undefined if one of them is missing. */
async function eachOf<K extends string, T>(
  names: readonly K[],
  question: (name: K) => Promise<T>,
): Promise<Record<K, T>> {
  const entries = names.map(async (name) => [name, await question(name)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<K, T>;
}
