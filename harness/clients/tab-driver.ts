import type { Cookie as BrowserCookie, Page } from "playwright";
import type { RunBrowser } from "./browser.ts";
import type { Driver, Emit, Tab } from "./driver.ts";
import type { CookieJar } from "./cookie-jar.ts";
import type { ClientEvent } from "./protocol.ts";
import type { Cookie } from "../util/cookies.ts";
import { traitsOf } from "../profile/transports.ts";

/** Path of the pages on the target. The browser requests it, but no request reaches the target. */
const prefix = "/hangup-fixture/";

export interface TabSettings {
  readonly browser: RunBrowser;
  /** True if the tab gets its own browser, so that a fault may kill or stop it. */
  readonly ownBrowser: boolean;
  /** SOCKS port on the loopback for all of the tab's connections. */
  readonly proxyPort: number;
  /** Address to which the page connects, and origin of the page. */
  readonly endpoint: string;
  readonly origin: string;
  readonly cookies: Readonly<Record<string, string>>;
  /** Takes the tab's cookies, for another tab of the same browser. */
  readonly cookieJar?: CookieJar | undefined;
  /** Cookies that the tab holds from earlier answers. */
  readonly ownCookies: readonly Cookie[];
  /** The page and its files, by address relative to a common root. The page comes first. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Starts a client in a browser tab. Its page has the target's own origin, although the target does not serve it.
 * @throws Error if the page can't be opened, or the browser is closing
 */
export function startTabClient(settings: TabSettings, emit: Emit): Promise<Driver> {
  const { browser, ownBrowser, proxyPort } = settings;
  return browser.inTurn(async () => {
    const own = ownBrowser ? await browser.another() : undefined;
    let page: Page | undefined;
    const dispose = async () => {
      // A browser that is stopped closes no page.
      await (own === undefined ? page?.context().close() : own.close());
    };
    try {
      page = await (own ?? browser).newPage(proxyPort);
      const seen = await prepare(page, settings, emit);
      const tab: Tab = {
        page,
        requestedSessionId: () => seen.sessionId,
        ...(own === undefined ? {} : { browser: own }),
      };
      return { tab, do: (command) => carryOut(tab.page, command), dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  });
}

/** SockJS session id and transports in the addresses that the browser requested. */
interface BrowserRequests {
  sessionId: string | null;
  readonly transports: Set<string>;
}

async function prepare(
  page: Page,
  { endpoint, origin, cookies, ownCookies, cookieJar, files }: TabSettings,
  emit: Emit,
): Promise<BrowserRequests> {
  const context = page.context();
  const { pathname } = new URL(endpoint);
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: endpoint })));
  await context.addCookies(ownCookies.flatMap(asInBrowser));
  cookieJar?.follow(async () => (await context.cookies(endpoint)).map(fromBrowser));
  // For the browser the page comes from the internet. Such a page must not
  // open WebSockets to this machine or its network without permission. Older browsers do not know the permission.
  await context.grantPermissions(["local-network-access"], { origin }).catch(() => undefined);
  const seen: BrowserRequests = { sessionId: null, transports: new Set() };
  const watch = (url: string) => {
    const requested = readSockJSPath(new URL(url).pathname, pathname);
    if (requested === null) return;
    seen.sessionId = requested.session;
    seen.transports.add(requested.transport);
  };
  page.on("request", (request) => watch(request.url()));
  page.on("websocket", (socket) => watch(socket.url()));
  await context.exposeBinding("hangupEmit", (_source, event) => emit(borneOut(event as ClientEvent, seen)));
  for (const [address, path] of Object.entries(files)) {
    await context.route(`${origin}${prefix}${address}`, (route) => route.fulfill({ path }));
  }
  const [start] = Object.keys(files);
  if (start === undefined) throw new Error("no page was given for tab actors");
  await page.goto(`${origin}${prefix}${start}`);
  return seen;
}

/** Returns the cookie as the browser's driver takes it. A browser refuses `SameSite=None` without `Secure`. */
function asInBrowser({ hostOnly, domain, sameSite, ...cookie }: Cookie) {
  if (sameSite === "None" && !cookie.secure) return [];
  const whose = hostOnly ? domain : `.${domain}`;
  return [{ ...cookie, domain: whose, ...(sameSite === undefined ? {} : { sameSite }) }];
}

/** Returns a browser's cookie. In a browser the domain of one that only its own host gets has no dot in front. */
const fromBrowser = ({ domain, ...cookie }: BrowserCookie): Cookie => ({
  ...cookie,
  domain: domain.replace(/^\./, ""),
  hostOnly: !domain.startsWith("."),
});

async function carryOut(page: Page, command: unknown): Promise<void> {
  await page.evaluate((given) => {
    (window as unknown as { hangup: (command: unknown) => void }).hangup(given);
  }, command);
}

/** Returns the event. If the browser never requested the transport that the client names, the transport's name says so. */
function borneOut(event: ClientEvent, { transports }: BrowserRequests): ClientEvent {
  if (event.kind !== "opened") return event;
  const receiver = traitsOf(event.transport)?.wireName;
  if (receiver === undefined || transports.has(receiver)) return event;
  const requested = transports.size === 0 ? "nothing" : [...transports].join(", ");
  return { ...event, transport: `${event.transport} (the browser requested ${requested})` };
}

/** sockjs-protocol 0.3: `{endpoint}/{server}/{session}/{transport}`. */
function readSockJSPath(path: string, endpoint: string): { session: string; transport: string } | null {
  if (!path.startsWith(`${endpoint}/`)) return null;
  const [, session, transport] = path.slice(endpoint.length + 1).split("/");
  return session !== undefined && transport !== undefined ? { session, transport } : null;
}
