import { connect as connectTls } from "node:tls";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { addressOf } from "../../harness/network/address.ts";
import { ask, type HttpAnswer, type HttpResult } from "./ask.ts";
import { below, shown } from "../wire/address.ts";
import { shakeHands, stompProtocols } from "../wire/handshake.ts";
import { infoOf, likenessOf, type Info, type Likeness } from "./info.ts";
import { wordsOfAnswer, wordsOfTrouble } from "../wire/words.ts";

/** Kind of server at an address. */
export type Reached =
  | ({
      readonly kind: "sockjs";
      readonly info: Info;
    } & Likeness)
  | {
      readonly kind: "websocket";
      /** SockJS endpoint that this WebSocket belongs to, without its query, if one answers beside it. */
      readonly sockJsAt?: string;
    }
  | {
      readonly kind: "nothing";
      /** One line: the request, the answer, and the fix. */
      readonly problem: string;
      /** SockJS endpoint that answers at a neighbouring address, without its query. */
      readonly sockJsAt?: string;
    };

export interface ReachOptions {
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Time limit for everything, in milliseconds; 8,000 by default. */
  readonly timeoutMs?: number;
}

/** Usual endpoint paths of tutorials and frameworks. */
const usualNames = ["ws", "sockjs", "stomp", "connection", "gs-guide-websocket"];

/** Time that a pending handshake has after info was answered, in milliseconds. */
const handshakeLimitMs = 2_000;

/** Time limit for the test if a port speaks TLS, in milliseconds. */
const tlsLimitMs = 1_500;

/** Finds out if a SockJS endpoint, a WebSocket or neither is at an address. Never rejects. */
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
    // Time beyond the limit is the doctor's own delay, not the target's.
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
  // Some servers choose no subprotocol. A client that offered one must then give up.
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
  // A server that never answers the handshake must not prevent the tests of neighbouring addresses.
  const handshakeMs = Math.min(handshakeLimitMs, (timeoutMs - spentMs()) / 2);
  const [shaken = [], sockJsAt] = await Promise.all([
    withTimeout(handshakeMs, handshakes),
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

/** Returns the endpoint of an address below it: that of its info, a transport, or a session's transport. */
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

/** Returns the first address at which SockJS answers. */
async function sockJsAmong(urls: readonly URL[], by: With): Promise<string | undefined> {
  const asked = await Promise.all(urls.map((url) => ask(below(url, "info"), by)));
  const found = urls.find((_url, index) => isSockJs(asked[index]));
  return found === undefined ? undefined : shown(found);
}

const isSockJs = (asked: HttpResult | undefined) => asked?.kind === "answer" && infoOf(asked) !== undefined;

/** Returns a message for a port that speaks TLS instead of plain HTTP; undefined otherwise. */
async function speaksTls(url: URL, asked: HttpResult, leftMs: number): Promise<string | undefined> {
  if (url.protocol !== "http:" || !couldBeTls(asked) || leftMs <= 0) return undefined;
  // The test is only about TLS. No data is sent.
  const socket = connectTls({ ...addressOf(url), rejectUnauthorized: false });
  const limitMs = Math.min(leftMs, tlsLimitMs);
  const secured = new Promise<boolean>((resolve) => {
    socket.on("secureConnect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
  const speaks = await withTimeout(limitMs, secured);
  socket.destroy();
  if (speaks !== true) return undefined;
  return `${url.host} speaks TLS, and plain HTTP was asked for; give the address with https:// in place of http://`;
}

/** Returns true for an answer that a TLS port gives to plain HTTP: a closed connection, a TLS alert, or status 400. */
const couldBeTls = (asked: HttpResult): boolean =>
  asked.kind === "answer"
    ? isBadRequest(asked)
    : asked.code === "ECONNRESET" || asked.firstBytes !== undefined;

const isBadRequest = ({ status }: HttpAnswer) => status === 400;
