import { connect as connectTls } from "node:tls";
import { within } from "../../harness/util/with-timeout.ts";
import { addressOf } from "../../harness/network/proxy.ts";
import { ask, type Answer, type Asked } from "./ask.ts";
import { below, shown } from "../wire/address.ts";
import { shakeHands, stompProtocols } from "../wire/handshake.ts";
import { infoOf, likenessOf, type Info, type Likeness } from "./info.ts";
import { wordsOfAnswer, wordsOfTrouble } from "../wire/words.ts";

/** What is at an address. */
export type Reached =
  | ({
      readonly kind: "sockjs";
      readonly info: Info;
    } & Likeness)
  | {
      readonly kind: "websocket";
      /** The SockJS endpoint that this WebSocket belongs to, where one answers beside it; without its query. */
      readonly sockJsAt?: string;
    }
  | {
      readonly kind: "nothing";
      /** One line: what was asked, what came, and the mend. */
      readonly problem: string;
      /** A SockJS endpoint that answers at an obvious neighbour, without its query. */
      readonly sockJsAt?: string;
    };

export interface ReachOptions {
  /** For every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long all of it may take, in milliseconds; 8,000 when left out. */
  readonly timeoutMs?: number;
}

/** Where tutorials and frameworks put the endpoint. */
const usualNames = ["ws", "sockjs", "stomp", "connection", "gs-guide-websocket"];

/** How long a handshake may take that goes on after info was answered, in milliseconds. */
const handshakeLimitMs = 2_000;

/** How long the question may take whether a port that is asked for HTTP speaks TLS, in milliseconds. */
const tlsLimitMs = 1_500;

/** Finds out what is at an address: a SockJS endpoint, a WebSocket, or neither. Never rejects. */
export async function reach(
  address: URL,
  { headers = {}, timeoutMs = 8_000 }: ReachOptions = {},
): Promise<Reached> {
  const beganAtMs = performance.now();
  const url = new URL(address);
  url.protocol = url.protocol.replace(/^ws/, "http");
  if (!/^https?:$/.test(url.protocol))
    return nothing(`${shown(address)} is no address of a web server; it begins with http:// or https://`);
  const over = new AbortController();
  const expiry = setTimeout(() => over.abort(), timeoutMs);
  try {
    // Time beyond the limit is our own delay. The target is not blamed for it.
    const spentMs = () => Math.min(performance.now() - beganAtMs, timeoutMs);
    return await findOut(url, { headers, signal: over.signal }, timeoutMs, spentMs);
  } finally {
    clearTimeout(expiry);
    over.abort();
  }
}

interface With {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function findOut(url: URL, by: With, timeoutMs: number, spentMs: () => number): Promise<Reached> {
  // Some servers choose no subprotocol, and a client that offered one then has to give up.
  const handshakes = Promise.all(
    [[], stompProtocols].map((protocols) => shakeHands(url, { ...by, protocols })),
  );
  const asked = await ask(below(url, "info"), by);
  const info = asked.kind === "answer" ? infoOf(asked) : undefined;
  if (info !== undefined && asked.kind === "answer") return { kind: "sockjs", info, ...likenessOf(asked) };
  if (asked.kind === "trouble" && asked.code !== "SILENCE") {
    const secret = await speaksTls(url, asked, timeoutMs - spentMs());
    return nothing(secret ?? wordsOfTrouble(below(url, "info"), asked, spentMs()));
  }
  // A server that leaves a handshake open for ever must not keep us from asking its neighbours.
  const handshakeMs = Math.min(handshakeLimitMs, (timeoutMs - spentMs()) / 2);
  const [shaken = [], sockJsAt] = await Promise.all([
    within(handshakeMs, handshakes),
    asked.kind === "trouble" ? undefined : sockJsAmong([...above(url), ...usual(url)], by),
  ]);
  if (shaken.some(({ accepted }) => accepted))
    return { kind: "websocket", ...(sockJsAt === undefined ? {} : { sockJsAt }) };
  if (asked.kind === "trouble") return nothing(wordsOfTrouble(below(url, "info"), asked, spentMs()));
  const secret = await speaksTls(url, asked, timeoutMs - spentMs());
  return nothing(secret ?? wordsOfAnswer(below(url, "info"), asked), sockJsAt);
}

function nothing(problem: string, sockJsAt?: string): Reached {
  if (sockJsAt === undefined) return { kind: "nothing", problem };
  return { kind: "nothing", problem: `${problem}. SockJS answers at ${sockJsAt}: give that`, sockJsAt };
}

/** The endpoint's own address, where one was given that lies below it: its info, a transport, or a session's transport. */
function above(url: URL): URL[] {
  const path = url.pathname.replace(/\/+$/, "");
  const session = path.replace(/\/[^/.]+\/[^/.]+\/(websocket|xhr|xhr_streaming|xhr_send|eventsource)$/, "");
  const paths = new Set([path.replace(/\/[^/]*$/, ""), session]);
  return [...paths].filter((other) => other !== path).map((other) => at(url, other));
}

function usual(url: URL): URL[] {
  return url.pathname === "/" ? usualNames.map((name) => below(url, name)) : [];
}

function at(url: URL, path: string): URL {
  const other = new URL(url);
  other.pathname = path;
  return other;
}

/** The first of the addresses at which SockJS answers. */
async function sockJsAmong(urls: readonly URL[], by: With): Promise<string | undefined> {
  const asked = await Promise.all(urls.map((url) => ask(below(url, "info"), by)));
  const found = urls.find((_url, index) => isSockJs(asked[index]));
  return found === undefined ? undefined : shown(found);
}

const isSockJs = (asked: Asked | undefined) => asked?.kind === "answer" && infoOf(asked) !== undefined;

/** The words for a port that speaks TLS where plain HTTP was asked for; undefined if it is not so. */
async function speaksTls(url: URL, asked: Asked, leftMs: number): Promise<string | undefined> {
  if (url.protocol !== "http:" || !couldBeTls(asked) || leftMs <= 0) return undefined;
  // Only whether it speaks TLS is asked. Nothing is sent over it.
  const socket = connectTls({ ...addressOf(url), rejectUnauthorized: false });
  const limitMs = Math.min(leftMs, tlsLimitMs);
  const secured = new Promise<boolean>((resolve) => {
    socket.on("secureConnect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
  const speaks = await within(limitMs, secured);
  socket.destroy();
  if (speaks !== true) return undefined;
  return `${url.host} speaks TLS, and plain HTTP was asked for; give the address with https:// in place of http://`;
}

/** A TLS port that is asked for HTTP hangs up, answers with a TLS alert, or with 400. */
const couldBeTls = (asked: Asked): boolean =>
  asked.kind === "answer"
    ? isBadRequest(asked)
    : asked.code === "ECONNRESET" || asked.firstBytes !== undefined;

const isBadRequest = ({ status }: Answer) => status === 400;
