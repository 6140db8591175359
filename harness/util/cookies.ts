import { isIP } from "node:net";

/** Cookie that a client holds, as RFC 6265 describes it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Host that set it, or the domain that it names. */
  readonly domain: string;
  /** True if only that host gets it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "Lax" | "Strict" | "None" | undefined;
}

/** Cookie in an answer. An expired one removes what the client holds. */
export interface SetCookie extends Cookie {
  readonly expired: boolean;
}

/** Limits of RFC 6265, section 6.1: browsers hold at least as much for one domain. */
const cookiesMax = 50;
const cookieCharactersMax = 4_096;

/** Returns the cookies that an answer of this address sets. Cookies for other hosts are left out, as in browsers. */
export const cookiesIn = ({ headers }: Response, url: URL): SetCookie[] =>
  cookiesOf(headers.getSetCookie(), url);

/** Returns the cookies of Set-Cookie headers in an answer of this address. */
export const cookiesOf = (lines: readonly string[], url: URL): SetCookie[] =>
  lines.flatMap((line) => cookieOf(line, url) ?? []);

/** Returns the cookies of a client after an answer. Of too many the latest stay. */
export function withCookies(held: readonly Cookie[], set: readonly SetCookie[]): readonly Cookie[] {
  const jar = new Map(held.map((cookie) => [keyOf(cookie), cookie]));
  for (const { expired, ...cookie } of set) {
    const key = keyOf(cookie);
    jar.delete(key);
    if (!expired) jar.set(key, cookie);
  }
  return [...jar.values()].slice(-cookiesMax);
}

/** Returns the cookies that a client sends to this address, those with the longest path first. */
export function cookiesFor(held: readonly Cookie[], url: URL): Cookie[] {
  return held
    .filter(
      ({ domain, hostOnly, path, secure }) =>
        (hostOnly ? url.hostname === domain : isWithin(url.hostname, domain)) &&
        isBelow(url.pathname, path) &&
        (!secure || isTrustworthy(url)),
    )
    .sort((a, b) => b.path.length - a.path.length);
}

/** Returns a `Cookie` header; undefined without cookies. */
export function cookieHeader(cookies: readonly Pick<Cookie, "name" | "value">[]): string | undefined {
  return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

const keyOf = ({ name, domain, path }: Cookie): string => JSON.stringify([name, domain, path]);

function cookieOf(line: string, url: URL): SetCookie | undefined {
  const [pair = "", ...rest] = line.split(";");
  const [name, value] = splitAt(pair);
  if (name === "" || !pair.includes("=") || pair.length > cookieCharactersMax) return undefined;
  const attributes = new Map(
    rest.map((one) => {
      const [key, text] = splitAt(one);
      return [key.toLowerCase(), text] as const;
    }),
  );
  const named = (attributes.get("domain") ?? "").replace(/^\./, "").toLowerCase();
  if (named !== "" && !isWithin(url.hostname, named)) return undefined;
  const path = attributes.get("path") ?? "";
  return {
    name,
    value,
    domain: named === "" ? url.hostname : named,
    hostOnly: named === "" || isIP(named) !== 0,
    path: path.startsWith("/") ? path : defaultPath(url),
    secure: attributes.has("secure"),
    httpOnly: attributes.has("httponly"),
    sameSite: sameSiteOf(attributes.get("samesite")),
    expired: isExpired(attributes),
  };
}

function splitAt(text: string): [string, string] {
  const place = text.indexOf("=");
  return place < 0 ? [text.trim(), ""] : [text.slice(0, place).trim(), text.slice(place + 1).trim()];
}

/** RFC 6265, section 5.1.4: the folder of the address. */
const defaultPath = ({ pathname }: URL): string => pathname.slice(0, pathname.lastIndexOf("/")) || "/";

/** `Max-Age` comes before `Expires`. */
function isExpired(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get("max-age");
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  return Date.parse(attributes.get("expires") ?? "") <= Date.now();
}

const sameSiteOf = (text = ""): Cookie["sameSite"] =>
  (["Lax", "Strict", "None"] as const).find((one) => one.toLowerCase() === text.toLowerCase());

const isWithin = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && isIP(host) === 0);

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** Browsers also send secure cookies to the own machine. */
const isTrustworthy = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" ||
  protocol === "wss:" ||
  /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
