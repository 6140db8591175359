import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";
import { renderKillMatrix } from "./kill-matrix.tsx";
import type { KillMatrix } from "./record.ts";
import { hostileMatrix, largeMatrix, withTrouble } from "../../testing/records/kill-matrix.ts";

const found = findChromium();
const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

describe.skipIf(found === null)(`the kill matrix in a browser${skipped}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hangup-matrix-"));
    browser = await chromium.launch({
      executablePath: found ?? "",
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens the page from a file and listens to all that it asks and says meanwhile. */
  async function open(matrix: KillMatrix, width = 1200, anchor = "") {
    const file = join(folder, "kill-matrix.html");
    await writeFile(file, renderKillMatrix(matrix));
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const said: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    const address = pathToFileURL(file).href;
    await page.goto(`${address}${anchor}`, { waitUntil: "load" });
    return { page, said, foreign: asked.filter((url) => !url.startsWith(address) && url !== "data:,") };
  }

  test.each([
    ["trouble", withTrouble(), 1200],
    ["trouble on a phone", withTrouble(), 390],
    ["hostile", hostileMatrix(), 1200],
    ["sixty by sixty", largeMatrix(60), 1200],
  ])("asks for nothing, complains of nothing, runs nothing, and fits: %s", async (_, matrix, width) => {
    const { page, said, foreign } = await open(matrix, width);
    expect(said).toEqual([]);
    expect(foreign).toEqual([]);
    const seen = await page.evaluate(() => ({
      owned: "owned" in globalThis,
      foreign: document.querySelectorAll("script, img, iframe, svg, form, [onload], [onerror]").length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(seen).toEqual({ owned: false, foreign: 0, overflow: 0 });
    await page.close();
  });

  test("keeps the names of checks and mutants in sight, wherever it is scrolled to", async () => {
    const { page } = await open(largeMatrix(60));
    const seen = await page.evaluate(() => {
      const matrix = document.querySelector(".matrix");
      matrix?.scrollTo(600, 700);
      const at = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return {
        frame: at(".matrix"),
        scrolled: [matrix?.scrollLeft, matrix?.scrollTop],
        check: at(".matrix thead th:last-child"),
        mutant: at(".matrix tbody tr:last-child th"),
      };
    });
    expect(seen.scrolled).toEqual([600, 700]);
    expect(seen.check?.top).toBeCloseTo((seen.frame?.top ?? 0) + 1, 0);
    expect(seen.mutant?.left).toBeCloseTo((seen.frame?.left ?? 0) + 1, 0);
    await page.close();
  });

  test("leads from a cell to what was found, and opens it", async () => {
    const { page } = await open(withTrouble());
    await page.locator(".matrix td.expected a").first().click();
    expect(await page.locator(":target").isVisible()).toBe(true);
    expect(await page.locator(".found:has(:target) > summary").innerText()).toContain(
      "no-leave-twice in 17 cases",
    );
    await page.close();
  });
});
