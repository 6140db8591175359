import { namesSession } from "../history/notice.ts";
import type { Profile } from "../profile/profile.ts";
import { isSilentDrop } from "../profile/silent-drop.ts";
import { fillAll, type Values } from "../profile/template.ts";
import { isOverHttp, pagelessTransports } from "../profile/transports.ts";
import type { CookieJar } from "../clients/cookie-jar.ts";

/** Address and headers with which a client connects. */
export interface ConnectionSettings {
  readonly url: URL;
  /** Headers of the handshake and of every request, with cookies and `Origin`. A page adds these two by itself. */
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly stompHeaders: Readonly<Record<string, string>>;
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
export function connectionSettings(profile: Profile, target: URL, values: Values): ConnectionSettings {
  const url = new URL(target);
  for (const [name, value] of Object.entries(fillAll(profile.query, values)))
    url.searchParams.set(name, value);
  const cookies = fillAll(profile.cookies, values);
  return {
    url,
    cookies,
    httpHeaders: {
      ...fillAll(profile.headers, values),
      ...cookieHeader(cookies),
      ...(profile.origin === undefined ? {} : { Origin: profile.origin }),
    },
    stompHeaders: fillAll(profile.stomp.headers, values),
  };
}

const cookieHeader = (cookies: Readonly<Record<string, string>>): { Cookie?: string } => {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? {} : { Cookie: pairs.join("; ") };
};

/** Returns the settings of a client with credentials or a cookie jar of its own. */
export function settingsOf(
  { credentials, cookieJar }: { readonly credentials?: Credentials; readonly cookieJar?: CookieJar },
  profile: Profile,
  target: URL,
  values: Values,
): Promise<ConnectionSettings> {
  const used = credentials === undefined ? profile : withCredentials(profile, credentials);
  return withCookieJar(connectionSettings(used, target, values), cookieJar);
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
  jar.give(settings.cookies);
  await jar.open(settings.url, headers);
  const cookies = await jar.cookiesFor(settings.url.pathname);
  return { ...settings, cookies, httpHeaders: { ...headers, ...cookieHeader(cookies) } };
}

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
