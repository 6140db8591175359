import type { Page } from "playwright";
import { startChromium, type Chromium } from "./chromium.ts";

/**
 * The browser of a run. Each tab actor has its own context in it, and so its own profile. An actor whose browser a fault kills
 * or stops has its own browser.
 */
export interface RunBrowser {
  /** Name and version, such as `Chromium 156.0`. */
  readonly version: string;
  /** Opens a page in the shared browser; see `Chromium.newPage`. */
  readonly newPage: (proxyPort: number) => Promise<Page>;
  /** Starts another browser of the same program. It ends with its own `close`, and at the latest with this one. */
  readonly another: () => Promise<Chromium>;
  /**
   * Runs one action after the other, because several starting tabs would delay everything else. Rejects after `close`.
   */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** Ends all browsers, including starting ones, and removes their folders. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the browser of a run.
 * @param path the program
 * @throws Error with the browser's own message if it does not start
 */
export async function launchChromium(path: string): Promise<RunBrowser> {
  const shared = await startChromium(path);
  const others = new Set<Chromium>();
  let turn: Promise<unknown> = Promise.resolve();
  let closing = false;
  const closeAll = () => Promise.all([...others, shared].map((browser) => browser.close()));
  return {
    version: shared.version,
    newPage: shared.newPage,
    another: async () => {
      const started = await startChromium(path);
      const browser: Chromium = {
        ...started,
        close: async () => {
          await started.close();
          others.delete(browser);
        },
      };
      others.add(browser);
      return browser;
    },
    inTurn: (act) => {
      const done = turn.then(() => {
        if (closing) throw new Error("the browser is being closed");
        return act();
      });
      turn = done.catch(() => undefined);
      return done;
    },
    close: async () => {
      closing = true;
      await closeAll();
      // A starting tab fails without the first browser, or has started another.
      await turn;
      await closeAll();
    },
  };
}
