import type { Page } from "playwright";
import { startChromium, type Chromium } from "./chromium.ts";

/**
 * The browser of a run. Each tab actor has a context, and so a profile, of its own in it; one whose browser is to be
 * killed or stopped has a browser of its own.
 */
export interface RunBrowser {
  /** Name and version, such as `Chromium 156.0`. */
  readonly version: string;
  /** A page in the browser that all share; see `Chromium.newPage`. */
  readonly newPage: (proxyPort: number) => Promise<Page>;
  /** Starts one more browser of the same program. It ends by its own `close`, and at the latest with this one. */
  readonly another: () => Promise<Chromium>;
  /**
   * Does one thing after the other: several tabs that start at once would hold up everything else. Rejects once the
   * browser is being closed.
   */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** Ends all browsers, also those that are just being started, and removes their folders. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the browser of a run.
 * @param path the program
 * @throws Error when it does not start; the message is the browser's own
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
      // Whatever was just being started fails without the first browser, or has started another.
      await turn;
      await closeAll();
    },
  };
}
