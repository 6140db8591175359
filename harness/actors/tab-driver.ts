import type { Page } from "playwright";
import type { RunBrowser } from "../browser.ts";
import type { Driver, Emit } from "./driver.ts";

/** Where the pages appear to stand on the target. The browser asks for them; nothing of it reaches the target. */
const prefix = "/hangup-fixture/";

/**
 * A client in a browser tab. Its page has the target's own origin, though the target serves none of it.
 * @param proxyPort the SOCKS port on the loopback through which the tab reaches everything
 * @param endpoint the address that the page will connect to
 * @param files the page and what it loads, by address relative to a common root; the page comes first
 */
export function startTabClient(
  browser: RunBrowser,
  proxyPort: number,
  endpoint: string,
  files: Readonly<Record<string, string>>,
  emit: Emit,
): Promise<Driver> {
  return browser.inTurn(async () => {
    const page = await browser.newPage(proxyPort);
    try {
      return await prepare(page, endpoint, files, emit);
    } catch (error) {
      await page.context().close();
      throw error;
    }
  });
}

async function prepare(
  page: Page,
  endpoint: string,
  files: Readonly<Record<string, string>>,
  emit: Emit,
): Promise<Driver> {
  const context = page.context();
  const { origin, pathname } = new URL(endpoint);
  // The page comes from nowhere that the browser knows of, so it counts as one from the internet, which must not
  // open WebSockets to this machine or its network unasked. Older browsers neither know the permission nor ask for it.
  await context.grantPermissions(["local-network-access"], { origin }).catch(() => undefined);
  let requested: string | null = null;
  const watch = (url: string) => {
    requested = sessionIdIn(new URL(url).pathname, pathname) ?? requested;
  };
  page.on("request", (request) => watch(request.url()));
  page.on("websocket", (socket) => watch(socket.url()));
  await context.exposeBinding("hangupEmit", (_source, event) => emit(event as Parameters<Emit>[0]));
  for (const [address, path] of Object.entries(files)) {
    await context.route(`${origin}${prefix}${address}`, (route) => route.fulfill({ path }));
  }
  const [start] = Object.keys(files);
  if (start === undefined) throw new Error("no page was given for tab actors");
  await page.goto(`${origin}${prefix}${start}`);
  return {
    tab: { page, requestedSessionId: () => requested },
    do: async (command) => {
      await page.evaluate((given) => {
        (window as unknown as { hangup: (command: unknown) => void }).hangup(given);
      }, command);
    },
    dispose: () => context.close(),
  };
}

/** sockjs-protocol 0.3: `{endpoint}/{server}/{session}/{transport}`. */
function sessionIdIn(path: string, endpoint: string): string | null {
  if (!path.startsWith(`${endpoint}/`)) return null;
  const [, session, transport] = path.slice(endpoint.length + 1).split("/");
  return session !== undefined && transport !== undefined ? session : null;
}
