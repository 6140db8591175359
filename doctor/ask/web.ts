import { ask, type HttpResult } from "./ask.ts";
import { below } from "../wire/address.ts";
import { cookieNames, shakeHands, stompProtocols } from "../wire/handshake.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import type { Examination } from "../wire/examination.ts";

/** Origin that no page can have. */
export const foreignOrigin = "http://hangup.invalid";

/** Result for a client from one origin. */
export interface OriginResult {
  readonly allowed: boolean;
  /** Status of the HTTP answer; null without an answer. */
  readonly status: number | null;
  /** Reason of a rejection without a status. */
  readonly why?: string;
}

/** Results of one origin. */
export interface FromOrigin {
  /** `Origin` header that was sent; null for none. */
  readonly origin: string | null;
  /** Result for SockJS's info, which a page may read only if CORS allows it; null without SockJS. */
  readonly info: OriginResult | null;
  readonly handshake: OriginResult;
}

export interface Origins {
  readonly none: FromOrigin;
  readonly own: FromOrigin;
  readonly foreign: FromOrigin;
}

export interface Cookies {
  /** Names of the cookies that info and handshake set. */
  readonly set: readonly string[];
}

/** Address of a browser's main WebSocket handshake. */
function handshakeUrl({ endpoint: { url, isBare } }: Examination): URL {
  return isBare ? url : below(url, `000/${newSessionId()}/websocket`);
}

export async function askOrigins(visit: Examination): Promise<Origins> {
  const [none, own, foreign] = await Promise.all(
    [null, visit.endpoint.url.origin, foreignOrigin].map((origin) => askOrigin(visit, origin)),
  );
  if (none === undefined || own === undefined || foreign === undefined) throw new Error("three were asked");
  return { none, own, foreign };
}

async function askOrigin(visit: Examination, origin: string | null): Promise<FromOrigin> {
  const { url, isBare, headers } = visit.endpoint;
  const by = { headers, signal: visit.signal(askLimitMs) };
  const named = origin === null ? {} : { Origin: origin };
  const [info, handshake] = await Promise.all([
    isBare ? null : ask(below(url, "info"), { ...by, headers: { ...headers, ...named } }),
    shakeHands(handshakeUrl(visit), {
      ...by,
      ...(isBare ? { protocols: stompProtocols } : {}),
      ...(origin === null ? {} : { origin }),
    }),
  ]);
  const { accepted, status, why } = handshake;
  return {
    origin,
    info: info === null ? null : admissionOf(info, origin, url.origin),
    handshake: { allowed: accepted, status, ...(accepted ? {} : { why }) },
  };
}

/** Returns true if CORS lets a page of this origin read the answer. */
function admissionOf(info: HttpResult, origin: string | null, own: string): OriginResult {
  if (info.kind === "trouble") return { allowed: false, status: null, why: info.message };
  const { status, headers } = info;
  if (status !== 200) return { allowed: false, status };
  const allow = headers["access-control-allow-origin"];
  if (origin === null || origin === own || allow === origin || allow === "*")
    return { allowed: true, status };
  return { allowed: false, status, why: `Access-Control-Allow-Origin is ${allow ?? "missing"}` };
}

export async function askCookies(visit: Examination): Promise<Cookies> {
  const { url, isBare, headers } = visit.endpoint;
  const by = { headers, signal: visit.signal(askLimitMs) };
  const [info, handshake] = await Promise.all([
    isBare ? undefined : ask(below(url, "info"), by),
    shakeHands(handshakeUrl(visit), by),
  ]);
  const fromInfo = info?.kind === "answer" ? cookieNames(info.headers["set-cookie"]) : [];
  return { set: [...new Set([...fromInfo, ...handshake.cookies])] };
}

/** Tests if the target uses permessage-deflate when offered; null if the handshake fails. */
export async function askCompression(visit: Examination): Promise<boolean | null> {
  const { headers } = visit.endpoint;
  const { accepted, extensions } = await shakeHands(handshakeUrl(visit), {
    headers,
    signal: visit.signal(askLimitMs),
    compression: true,
  });
  return accepted ? extensions.includes("permessage-deflate") : null;
}

/** Time limit for one request, in milliseconds. */
const askLimitMs = 4_000;
