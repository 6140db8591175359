import { ask, type Asked } from "./ask.ts";
import { below } from "../wire/address.ts";
import { cookieNames, shakeHands, stompProtocols } from "../wire/handshake.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import type { Visit } from "../wire/visit.ts";

/** An origin that no page can have. */
export const foreignOrigin = "http://hangup.invalid";

/** Whether somebody from an origin is let in. */
export interface Admission {
  readonly allowed: boolean;
  /** Of the HTTP answer; null where none came. */
  readonly status: number | null;
  /** Why not, where it was not refused by a status. */
  readonly why?: string;
}

/** What one origin gets. */
export interface FromOrigin {
  /** The `Origin` that was sent; null for none. */
  readonly origin: string | null;
  /** SockJS's info, which a browser's page may read only where CORS allows it; null where there is no SockJS. */
  readonly info: Admission | null;
  readonly handshake: Admission;
}

export interface Origins {
  readonly none: FromOrigin;
  readonly own: FromOrigin;
  readonly foreign: FromOrigin;
}

export interface Cookies {
  /** The names of those that info and handshake set. */
  readonly set: readonly string[];
}

/** The address at which the main WebSocket handshake of a browser goes. */
function handshakeUrl({ endpoint: { url, isBare } }: Visit): URL {
  return isBare ? url : below(url, `000/${newSessionId()}/websocket`);
}

export async function askOrigins(visit: Visit): Promise<Origins> {
  const [none, own, foreign] = await Promise.all(
    [null, visit.endpoint.url.origin, foreignOrigin].map((origin) => askOrigin(visit, origin)),
  );
  if (none === undefined || own === undefined || foreign === undefined) throw new Error("three were asked");
  return { none, own, foreign };
}

async function askOrigin(visit: Visit, origin: string | null): Promise<FromOrigin> {
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

/** A page reads an answer from elsewhere only where the answer names its origin, or everybody. */
function admissionOf(info: Asked, origin: string | null, own: string): Admission {
  if (info.kind === "trouble") return { allowed: false, status: null, why: info.message };
  const { status, headers } = info;
  if (status !== 200) return { allowed: false, status };
  const allow = headers["access-control-allow-origin"];
  if (origin === null || origin === own || allow === origin || allow === "*")
    return { allowed: true, status };
  return { allowed: false, status, why: `Access-Control-Allow-Origin is ${allow ?? "missing"}` };
}

export async function askCookies(visit: Visit): Promise<Cookies> {
  const { url, isBare, headers } = visit.endpoint;
  const by = { headers, signal: visit.signal(askLimitMs) };
  const [info, handshake] = await Promise.all([
    isBare ? undefined : ask(below(url, "info"), by),
    shakeHands(handshakeUrl(visit), by),
  ]);
  const fromInfo = info?.kind === "answer" ? cookieNames(info.headers["set-cookie"]) : [];
  return { set: [...new Set([...fromInfo, ...handshake.cookies])] };
}

/** Whether permessage-deflate is used where the client offers it; null where the handshake failed. */
export async function askCompression(visit: Visit): Promise<boolean | null> {
  const { headers } = visit.endpoint;
  const { accepted, extensions } = await shakeHands(handshakeUrl(visit), {
    headers,
    signal: visit.signal(askLimitMs),
    compression: true,
  });
  return accepted ? extensions.includes("permessage-deflate") : null;
}

/** How long one request may take, in milliseconds. */
const askLimitMs = 4_000;
