import type { Browser, Page } from "playwright";

/** The one Chromium of a run. Each tab actor has a context, and so a profile, of its own. */
export interface RunBrowser {
  /** Name and version, such as `Chromium 156.0`. */
  readonly version: string;
  /**
   * A page in a fresh profile that reaches everything through a SOCKS proxy on the loopback. Closing its context frees
   * all that it holds.
   */
  readonly newPage: (proxyPort: number) => Promise<Page>;
  /** Does one thing after the other: several tabs that start at once would hold up everything else. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Without these Chromium looks up its maker's hosts at every start. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * Starts a headless Chromium.
 * @param path the program
 * @throws Error when it does not start; the message is the browser's own
 */
export async function launchChromium(path: string): Promise<RunBrowser> {
  const { chromium } = await import("playwright");
  const browser: Browser = await chromium.launch({
    executablePath: path,
    headless: true,
    chromiumSandbox: false,
    args: quiet,
    // The runner ends what it started, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  let turn: Promise<unknown> = Promise.resolve();
  return {
    inTurn: (act) => {
      const done = turn.then(act);
      turn = done.catch(() => undefined);
      return done;
    },
    version: `Chromium ${browser.version()}`,
    newPage: async (proxyPort) => {
      const context = await browser.newContext({ proxy: { server: `socks5://127.0.0.1:${proxyPort}` } });
      return context.newPage().catch(async (error: unknown) => {
        await context.close();
        throw error;
      });
    },
    close: () => browser.close(),
  };
}
