import type { Page } from "playwright";
import type { RunBrowser } from "./browser.ts";
import type { Driver, Emit, Tab } from "./driver.ts";
import type { ClientEvent } from "./protocol.ts";
import { traitsOf } from "../profile/transports.ts";

/** Where the pages appear to stand on the target. The browser asks for them; nothing of it reaches the target. */
const prefix = "/hangup-fixture/";

export interface TabSurroundings {
  readonly browser: RunBrowser;
  /** Whether the tab gets a browser of its own, which a fault may kill or stop. */
  readonly ownBrowser: boolean;
  /** The SOCKS port on the loopback through which the tab reaches everything. */
  readonly proxyPort: number;
  /** The address that the page will connect to, and the origin that the page comes from. */
  readonly endpoint: string;
  readonly origin: string;
  readonly cookies: Readonly<Record<string, string>>;
  /** The page and what it loads, by address relative to a common root; the page comes first. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A client in a browser tab. Its page has the target's own origin, though the target serves none of it.
 * @throws Error when the page can't be opened, or the browser is being closed
 */
export function startTabClient(around: TabSurroundings, emit: Emit): Promise<Driver> {
  const { browser, ownBrowser, proxyPort } = around;
  return browser.inTurn(async () => {
    const own = ownBrowser ? await browser.another() : undefined;
    let page: Page | undefined;
    const dispose = async () => {
      // A browser that is stopped closes no page.
      await (own === undefined ? page?.context().close() : own.close());
    };
    try {
      page = await (own ?? browser).newPage(proxyPort);
      const seen = await prepare(page, around, emit);
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

/** What the browser itself was seen to request: the SockJS session id, and the transports, as addresses write them. */
interface Seen {
  sessionId: string | null;
  readonly transports: Set<string>;
}

async function prepare(
  page: Page,
  { endpoint, origin, cookies, files }: TabSurroundings,
  emit: Emit,
): Promise<Seen> {
  const context = page.context();
  const { pathname } = new URL(endpoint);
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: endpoint })));
  // The page comes from nowhere that the browser knows of, so it counts as one from the internet, which must not
  // open WebSockets to this machine or its network unasked. Older browsers neither know the permission nor ask for it.
  await context.grantPermissions(["local-network-access"], { origin }).catch(() => undefined);
  const seen: Seen = { sessionId: null, transports: new Set() };
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

async function carryOut(page: Page, command: unknown): Promise<void> {
  await page.evaluate((given) => {
    (window as unknown as { hangup: (command: unknown) => void }).hangup(given);
  }, command);
}

/** The client's word for its transport counts only as far as the browser's own requests bear it out. */
function borneOut(event: ClientEvent, { transports }: Seen): ClientEvent {
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
