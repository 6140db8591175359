import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../harness/record.ts";
import { findChromium, whyNoChromium } from "../setup/find-chromium.js";
import { renderHtml } from "./html.tsx";
import { renderJUnit } from "./junit.ts";
import { plain } from "./text.ts";
import { allPass, hostile, large, withFailures } from "./sample.ts";

const found = findChromium();
const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

describe.skipIf(found === null)(`the report in a browser${skipped}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hangup-html-"));
    browser = await chromium.launch({
      executablePath: found?.path ?? "",
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens the report from a file and listens to all that it asks and says meanwhile. */
  async function open(
    record: RunRecord,
    options: { readonly width?: number; readonly anchor?: string } = {},
  ) {
    const file = join(folder, `${record.outcome}-${record.cases.length}-${options.width ?? 1200}.html`);
    await writeFile(file, renderHtml(record));
    const page = await browser.newPage({ viewport: { width: options.width ?? 1200, height: 900 } });
    const said: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    const address = pathToFileURL(file).href;
    await page.goto(options.anchor === undefined ? address : `${address}#${options.anchor}`, {
      waitUntil: "load",
    });
    return { page, said, foreign: asked.filter((url) => !url.startsWith(address) && url !== "data:,") };
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test.each([
    ["all passed", allPass(), 1200],
    ["failures", withFailures(), 1200],
    ["failures on a phone", withFailures(), 390],
    ["hostile", hostile(), 1200],
    ["hostile on a phone", hostile(), 390],
  ])("asks for nothing, complains of nothing, and fits: %s", async (_, record, width) => {
    const { page, said, foreign } = await open(record, { width });
    expect(said).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.close();
  });

  test("hostile strings run nothing and make no element", async () => {
    const { page } = await open(hostile());
    const seen = await page.evaluate(() => ({
      owned: "owned" in globalThis,
      foreign: document.querySelectorAll("script, img, iframe, object, embed, form, [onload], [onerror]")
        .length,
      styles: document.styleSheets.length,
      title: document.title,
    }));
    expect(seen).toMatchObject({ owned: false, foreign: 0, styles: 1 });
    expect(seen.title).toMatch(/^Not conformant: .* – hangup$/);
    await page.close();
  });

  test("the policy applies: a script that got in would not run", async () => {
    const { page, said } = await open(allPass());
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.owned = 1";
      document.body.append(script);
    });
    expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
    expect(said.join()).toContain("Content Security Policy");
    await page.close();
  });

  test("a deep link opens its folder and shows its case", async () => {
    const record = large(200);
    const passed = record.cases.at(-1)?.id ?? "";
    const { page } = await open(record, { anchor: passed });
    const target = page.locator(":target");
    expect(await target.getAttribute("id")).toBe(passed);
    expect(await target.evaluate((row) => row.closest("details")?.open)).toBe(true);
    await page.close();
  });

  test("the JUnit file of the hostile record says the same to another parser", async () => {
    const page = await browser.newPage();
    const names = await page.evaluate((xml) => {
      const parsed = new DOMParser().parseFromString(xml, "application/xml");
      return Array.from(parsed.querySelectorAll("parsererror, testcase"), (test) =>
        test.getAttribute("name"),
      );
    }, renderJUnit(hostile()));
    expect(names.toSorted()).toEqual(
      hostile()
        .cases.map(({ id }) => plain(id, 200))
        .toSorted(),
    );
    await page.close();
  });
});
