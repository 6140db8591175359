import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";
import { startChromium, type Chromium } from "./chromium.ts";

const found = findChromium();
const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

/** All that is temporary goes here, of the browser, its driver and the harness. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangup-test-"));
  vi.stubEnv("TMPDIR", folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** The processes that live and have the folder in their environment: the browser's, whoever their parent is by now. */
async function processes(): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  // One that ended meanwhile has no environment; nor has one that waits only to be counted.
  const environments = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/environ`, "utf8").catch(() => "")),
  );
  return ids.filter((_id, place) => environments[place]?.includes(`TMPDIR=${folder}`) === true);
}

describe.skipIf(found === null || process.platform !== "linux")(`a browser${skipped}`, () => {
  const states: Readonly<Record<string, (browser: Chromium) => unknown>> = {
    "as it is": () => undefined,
    "with its pages' processes stopped": (browser) => browser.stopRenderers(),
    "with its main process killed": async (browser) => {
      browser.killMain();
      expect(await browser.endedBy(5_000)).toBe("SIGKILL");
    },
    "stopped, then with its main process killed": async (browser) => {
      await browser.stopRenderers();
      browser.killMain();
      expect(await browser.endedBy(5_000)).toBe("SIGKILL");
      expect(await processes(), "what is stopped does not notice").not.toEqual([]);
    },
    "killed altogether": async (browser) => {
      browser.killAll();
      expect(await browser.endedBy(5_000)).toBe("SIGKILL");
    },
  };

  test.for(Object.entries(states))(
    "%s leaves no process and no file when it is closed",
    async ([, bring]) => {
      const browser = await startChromium(found ?? "");
      try {
        await browser.newPage(1);
        expect(await processes()).not.toEqual([]);
        expect(await browser.endedBy(1)).toBeUndefined();
        await bring(browser);
      } finally {
        await browser.close();
      }
      await browser.close();
      expect(await processes()).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test("one that does not start leaves no file, and says why", async () => {
    await expect(startChromium("/dev/null")).rejects.toThrow(/EACCES|Failed to launch/);
    expect(await readdir(folder)).toEqual([]);
  });
});
