import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserServer, Page } from "playwright";

/** One Chromium that the harness started, with all its processes. */
export interface Chromium {
  /** Name and version, such as `Chromium 156.0`. */
  readonly version: string;
  /**
   * A page in a fresh profile that reaches everything through a SOCKS proxy on the loopback. Closing its context frees
   * all that it holds.
   */
  readonly newPage: (proxyPort: number) => Promise<Page>;
  /** Sends SIGKILL to all its processes at once, as the system does when memory runs out. */
  readonly killAll: () => void;
  /** Sends SIGKILL to its main process alone; the others notice that, and end by themselves. */
  readonly killMain: () => void;
  /** Sends SIGSTOP to the processes that run its pages. The one that holds their connections goes on. */
  readonly stopRenderers: () => Promise<void>;
  /** Resolves with the signal that ended the main process; undefined if that was none, or it lives after `timeoutMs`. */
  readonly endedBy: (timeoutMs: number) => Promise<NodeJS.Signals | undefined>;
  /** Ends its processes, in whatever state they are, and removes its folders. May be called again. */
  readonly close: () => Promise<void>;
}

/** The last list of features counts, and the browser driver has one of its own: this holds what we need of it. */
const withoutFeatures = [
  // Each window would draw its address bar's pop-ups ahead, in processes of their own: 1 s of CPU a tab, against 0.1 for
  // the page (measured with Chromium 156).
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  // They look for hosts and devices by themselves, or turn http into https.
  ...["MediaRouter", "DialMediaRouteProvider", "OptimizationHints", "NetworkTimeServiceQuerying"],
  ...["Translate", "HttpsUpgrades"],
  // The driver closes contexts and answers requests on the assumption that these are off.
  ...["DestroyProfileOnBrowserClose", "AvoidUnnecessaryBeforeUnloadCheckSync"],
  ...["BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect"],
];

const switches = [
  // Without these Chromium looks up its maker's hosts at every start.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  `--disable-features=${withoutFeatures.join(",")}`,
];

/**
 * Starts a headless Chromium, in a process group and with folders of its own. It is gone when the harness is, however
 * that ends, unless it is killed itself.
 * @param path the program
 * @throws Error when it does not start; the message is the browser's own
 */
export async function startChromium(path: string): Promise<Chromium> {
  const { chromium } = await import("playwright");
  const folder = makeFolder();
  try {
    const server = await chromium.launchServer({
      executablePath: path,
      headless: true,
      chromiumSandbox: false,
      args: switches,
      env: { ...process.env, TMPDIR: folder.path },
      artifactsDir: folder.path,
      host: "127.0.0.1",
      // The runner ends what it started, in its own order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    folder.removeToo(profileOf(server));
    const close = async () => {
      killGroup(server);
      await server.kill();
      await folder.remove();
    };
    try {
      return control(await chromium.connect(server.wsEndpoint()), server, close);
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function control(browser: Browser, server: BrowserServer, close: Chromium["close"]): Chromium {
  const main = server.process();
  return {
    version: `Chromium ${browser.version()}`,
    newPage: async (proxyPort) => {
      const context = await browser.newContext({ proxy: { server: `socks5://127.0.0.1:${proxyPort}` } });
      return context.newPage().catch(async (error: unknown) => {
        await context.close();
        throw error;
      });
    },
    killAll: () => killGroup(server),
    killMain: () => void main.kill("SIGKILL"),
    stopRenderers: async () => {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      for (const { type, id } of processInfo) if (type === "renderer") process.kill(id, "SIGSTOP");
    },
    endedBy: async (timeoutMs) => {
      if (main.exitCode === null && main.signalCode === null)
        await once(main, "exit", { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
      return main.signalCode ?? undefined;
    },
    close,
  };
}

/** The browser driver makes each browser the leader of a process group. Where there are none, it ends them all itself. */
function killGroup(server: BrowserServer): void {
  const { pid } = server.process();
  if (pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // All of them are gone already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The folder that the browser driver made for the profile. It removes that too, unless the harness ends before. */
function profileOf(server: BrowserServer): string[] {
  const prefix = "--user-data-dir=";
  const given = server.process().spawnargs.filter((argument) => argument.startsWith(prefix));
  return given.map((argument) => argument.slice(prefix.length));
}

interface Folder {
  readonly path: string;
  readonly removeToo: (paths: readonly string[]) => void;
  readonly remove: () => Promise<void>;
}

/** For what a browser leaves lying about when it is killed. It is removed at the latest when the harness ends. */
function makeFolder(): Folder {
  // At once: what is made while the harness ends would be nobody's to remove.
  const path = mkdtempSync(join(tmpdir(), "hangup-browser-"));
  const all = [path];
  const options = { recursive: true, force: true, maxRetries: 5 };
  const removeNow = () => {
    for (const one of all) {
      try {
        rmSync(one, options);
      } catch {
        // The browser still writes there. Its driver, whose turn comes after this, kills it.
      }
    }
  };
  process.once("exit", removeNow);
  return {
    path,
    removeToo: (paths) => void all.push(...paths),
    remove: async () => {
      await Promise.all(all.map((one) => rm(one, options)));
      process.off("exit", removeNow);
    },
  };
}
