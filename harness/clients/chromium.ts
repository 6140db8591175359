import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserServer, Page } from "playwright";

/** A Chromium that the harness started, with all its processes. */
export interface Chromium {
  /** Name and version, such as `Chromium 156.0`. */
  readonly version: string;
  /**
   * Opens a page in a fresh profile. All its connections go through a SOCKS proxy on the loopback. Closing its context frees
   * everything.
   */
  readonly newPage: (proxyPort: number) => Promise<Page>;
  /** Sends SIGKILL to all its processes, as the system does when memory runs out. */
  readonly killAll: () => void;
  /** Sends SIGKILL to its main process only. The other processes notice and end. */
  readonly killMain: () => void;
  /** Sends SIGSTOP to the processes that run its pages. The process with their connections continues. */
  readonly stopRenderers: () => Promise<void>;
  /** Resolves with the signal that ended the main process; undefined if none did, or after `timeoutMs`. */
  readonly endedBy: (timeoutMs: number) => Promise<NodeJS.Signals | undefined>;
  /** Ends its processes, in whatever state they are, and removes its folders. May be called several times. */
  readonly close: () => Promise<void>;
}

/** Disabled features. Chromium uses the last list only, so this one also has the needed entries of the browser driver's. */
const withoutFeatures = [
  // Each window would prepare its address bar's pop-ups in separate processes: 1 s of CPU a tab, against 0.1 for
  // the page (measured with Chromium 156).
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  // These look for hosts and devices, or turn http into https.
  ...["MediaRouter", "DialMediaRouteProvider", "OptimizationHints", "NetworkTimeServiceQuerying"],
  ...["Translate", "HttpsUpgrades"],
  // Each tab would start a second process for a page that never comes.
  "SpareRendererForSitePerProcess",
  // The driver closes contexts and answers requests on the assumption that these are off.
  ...["DestroyProfileOnBrowserClose", "AvoidUnnecessaryBeforeUnloadCheckSync"],
  ...["BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect"],
];

const switches = [
  // Without these Chromium contacts Google's hosts at every start.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  `--disable-features=${withoutFeatures.join(",")}`,
];

/**
 * Starts a headless Chromium with its own process group and folders. It ends with the harness.
 * @param path the program
 * @throws Error with the browser's own message if it does not start
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
      // The runner ends the browser in its own order.
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

/** Kills the process group that the browser leads. Windows has none; there the browser driver ends all processes. */
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

/** Returns the profile's folder. The browser driver removes it, unless the harness ends first. */
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

/** Makes a folder for the files of a browser. It is removed at the latest when the harness ends. */
function makeFolder(): Folder {
  // Synchronous: a folder made while the harness ends would stay.
  const path = mkdtempSync(join(tmpdir(), "hangup-browser-"));
  const all = [path];
  const options = { recursive: true, force: true, maxRetries: 5 };
  const removeNow = () => {
    for (const one of all) {
      try {
        rmSync(one, options);
      } catch {
        // The browser still writes there. Its driver kills it right after this.
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
