import { namesSession } from "../history/notice.ts";
import type { Profile } from "../profile/profile.ts";
import { isSilentDrop } from "../profile/silent-drop.ts";
import { fillAll, type Values } from "../profile/template.ts";
import { cookieHeader, cookiesFor, type Cookie } from "../util/cookies.ts";
import { isOverHttp, pagelessTransports } from "../profile/transports.ts";
import type { CookieJar } from "../clients/cookie-jar.ts";

/** Address and headers with which a client connects. */
export interface ConnectionSettings {
  readonly url: URL;
  /** Headers of the handshake and of every request, with cookies and `Origin`. A page adds these two by itself. */
  readonly httpHeaders: Readonly<Record<string, string>>;
  /** Cookies of the profile. */
  readonly cookies: Readonly<Record<string, string>>;
  /** Cookies that answers to `before` have set, except those that the profile replaces. */
  readonly ownCookies: readonly Cookie[];
  readonly stompHeaders: Readonly<Record<string, string>>;
}

/** Values that fill a client's templates, and the cookies that answers to its `before` requests have set. */
export interface Possessions {
  readonly values: Values;
  readonly cookies: readonly Cookie[];
}

/** Credentials with which a client connects, besides the profile's own. */
export type Credentials = "refused" | "expires";

/**
 * Returns the profile with other credentials in place of those of the same name.
 * @throws Error if the profile declares none
 */
function withCredentials(profile: Profile, key: Credentials): Profile {
  const replaced = profile[key];
  if (replaced === undefined) throw new Error(`the profile has no such credentials; add "${key}" to it`);
  const { stomp, query, headers, cookies } = profile;
  return {
    ...profile,
    query: { ...query, ...replaced.query },
    headers: { ...headers, ...replaced.headers },
    cookies: { ...cookies, ...replaced.cookies },
    stomp: { ...stomp, headers: { ...stomp.headers, ...replaced.stomp?.headers } },
  };
}

/** Fills in the profile's connection settings for one client. */
export function connectionSettings(
  profile: Profile,
  target: URL,
  { values, cookies: held }: Possessions,
): ConnectionSettings {
  const url = new URL(target);
  for (const [name, value] of Object.entries(fillAll(profile.query, values)))
    url.searchParams.set(name, value);
  const { httpHeaders, cookies, ownCookies } = httpHeadersFor(profile, url, values, held);
  return { url, cookies, ownCookies, httpHeaders, stompHeaders: fillAll(profile.stomp.headers, values) };
}

/** Fills in the headers of a client's requests to an address. A cookie of the profile replaces one of the same name. */
export function httpHeadersFor(
  {
    headers,
    cookies: named,
    origin,
  }: Pick<Profile, "headers" | "cookies"> & { readonly origin?: string | undefined },
  url: URL,
  values: Values,
  held: readonly Cookie[],
): Pick<ConnectionSettings, "httpHeaders" | "cookies" | "ownCookies"> {
  const cookies = fillAll(named, values);
  const ownCookies = held.filter(({ name }) => !Object.hasOwn(cookies, name));
  const cookie = cookieHeader([
    ...Object.entries(cookies).map(([name, value]) => ({ name, value })),
    ...cookiesFor(ownCookies, url),
  ]);
  return {
    cookies,
    ownCookies,
    httpHeaders: {
      ...fillAll(headers, values),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(origin === undefined ? {} : { Origin: origin }),
    },
  };
}

/** Returns the settings of a client with credentials or a cookie jar of its own. */
export function settingsOf(
  { credentials, cookieJar }: { readonly credentials?: Credentials; readonly cookieJar?: CookieJar },
  profile: Profile,
  target: URL,
  possessions: Possessions,
): Promise<ConnectionSettings> {
  const used = credentials === undefined ? profile : withCredentials(profile, credentials);
  return withCookieJar(connectionSettings(used, target, possessions), cookieJar);
}

/** Returns the settings with the cookies of a jar. The first client with the jar puts its own into it. */
async function withCookieJar(
  settings: ConnectionSettings,
  jar: CookieJar | undefined,
): Promise<ConnectionSettings> {
  if (jar === undefined) return settings;
  const headers = Object.fromEntries(
    Object.entries(settings.httpHeaders).filter(([name]) => name !== "Cookie"),
  );
  const { url, cookies, ownCookies } = settings;
  jar.give([...Object.entries(cookies).map(([name, value]) => asCookie(name, value, url)), ...ownCookies]);
  await jar.open(url, headers);
  const held = await jar.cookiesFor(url);
  const cookie = cookieHeader(held);
  const httpHeaders = cookie === undefined ? headers : { ...headers, Cookie: cookie };
  return { ...settings, cookies: {}, ownCookies: held, httpHeaders };
}

/** Returns a cookie of the profile as the target's own host would set it. */
const asCookie = (name: string, value: string, { hostname }: URL): Cookie => ({
  ...{ name, value, domain: hostname, hostOnly: true, path: "/" },
  ...{ secure: false, httpOnly: false, sameSite: undefined },
});

/** Returns the transports that the target takes and a client without a page can use; `native` is one. */
export function possibleTransports({ transport, transports, nativeWebSocket, notice }: Profile): string[] {
  if (transport === "native") return [transport];
  const taken: readonly string[] = transports;
  const native = nativeWebSocket && !namesSession(notice);
  return pagelessTransports.filter((name) => (name === "native" ? native : taken.includes(name)));
}

/** Returns the default transport: a WebSocket if the target takes one. */
export function usualTransport(profile: Profile): string {
  if (profile.transport === "native") return profile.transport;
  const possible = possibleTransports(profile).filter((name) => name !== "native");
  return possible.includes("websocket") ? "websocket" : (possible[0] ?? "websocket");
}

/** Returns the longest deadline of a leave on the default transport after a visible end, in milliseconds. */
export function usualLeaveLimitMs(profile: Profile): number {
  const { graceMs, deadlines } = profile;
  const limitMs = isOverHttp(usualTransport(profile)) ? deadlines.httpEndedMs : deadlines.endedMs;
  const visible = Object.entries(deadlines.causes).flatMap(([cause, ms = 0]) =>
    isSilentDrop(cause) ? [] : ms,
  );
  return Math.max(limitMs, ...visible) + graceMs;
}
