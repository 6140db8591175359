import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../harness/judge/record.ts";
import { renderComparison } from "./comparison/comparison.tsx";
import { casesOf } from "./read/record-queries.ts";
import { caseAnchor } from "./html/anchor.ts";
import { renderHtml } from "./html.tsx";
import { hostileStrings } from "../testing/records/hostile.ts";
import { junit } from "./reporters/junit.ts";
import { plain } from "./words/text.ts";
import {
  allPass,
  broken,
  hostile,
  hostileBaseline,
  huge,
  large,
  withBaseline,
  withFailures,
} from "../testing/records/sample.ts";
import { found, launch, skipped } from "../testing/records/in-browser.ts";

describe.skipIf(found === null)(`the report in a browser${skipped}`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hangup-html-"));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page from a file and listens to all that it asks and says meanwhile. */
  async function show(html: string, { width = 1200, anchor = "" } = {}) {
    const file = join(folder, "report.html");
    await writeFile(file, html);
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const said: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    const address = pathToFileURL(file).href;
    await page.goto(`${address}${anchor}`, { waitUntil: "load" });
    return { page, said, foreign: asked.filter((url) => !url.startsWith(address) && url !== "data:,") };
  }

  const open = (record: RunRecord, options: Parameters<typeof show>[1] = {}) =>
    show(renderHtml(record), options);

  const compare = (...records: readonly RunRecord[]) =>
    renderComparison(records.map((record) => ({ name: record.target.name, record })));

  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test.each([
    ["all passed", renderHtml(allPass()), 1200],
    ["failures", renderHtml(withFailures()), 1200],
    ["failures on a phone", renderHtml(withFailures()), 390],
    ["a grid and a baseline", renderHtml(withBaseline()), 1200],
    ["a grid and a baseline on a phone", renderHtml(withBaseline()), 390],
    ["hostile", renderHtml(hostile()), 1200],
    ["hostile on a phone", renderHtml(hostile()), 390],
    ["hostile grid and baseline", renderHtml(hostileBaseline()), 1200],
    ["hostile grid and baseline on a phone", renderHtml(hostileBaseline()), 390],
    ["a megabyte everywhere", renderHtml(huge()), 1200],
    ["a megabyte everywhere on a phone", renderHtml(huge()), 390],
    ["comparison", compare(allPass(), withFailures(), withBaseline()), 1200],
    ["comparison on a phone", compare(allPass(), withFailures(), withBaseline()), 390],
    ["hostile comparison", compare(hostile(), hostile(), hostileBaseline(), huge()), 1200],
    ["hostile comparison on a phone", compare(hostile(), hostile(), hostileBaseline(), huge()), 390],
  ])("asks for nothing, complains of nothing, and fits: %s", async (_, html, width) => {
    const { page, said, foreign } = await show(html, { width });
    expect(said).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.close();
  });

  test.each([
    ["report", renderHtml(hostile())],
    ["report with a grid and a baseline", renderHtml(hostileBaseline())],
    ["comparison", compare(hostile(), hostileBaseline())],
  ])("hostile strings run nothing and make no element: %s", async (_, html) => {
    const { page } = await show(html);
    const seen = await page.evaluate(() => ({
      owned: "owned" in globalThis,
      foreign: document.querySelectorAll("img, iframe, object, embed, form, [onload], [onerror], [style]")
        .length,
      scripts: Array.from(document.scripts, ({ text }) => text),
      styles: document.styleSheets.length,
    }));
    expect(seen).toMatchObject({ owned: false, foreign: 0, styles: 1 });
    expect(seen.scripts).toEqual(
      Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, script]) => script),
    );
    expect(seen.scripts.join()).not.toContain("owned");
    await page.close();
  });

  test.each([1280, 390])(
    "no diagram reaches beyond its place, whatever its words are: %d pixels",
    async (width) => {
      const { page } = await open(hostile(), { width });
      const beyond = await page.evaluate(() =>
        Array.from(document.querySelectorAll(".sequence")).flatMap((figure) => {
          const frame = figure.getBoundingClientRect();
          return Array.from(figure.querySelectorAll(".label, .time, .heads b"), (text) =>
            text.getBoundingClientRect(),
          )
            .filter((place) => place.width > 0)
            .filter(({ left, right }) => left < frame.left - 1 || right > frame.right + 1)
            .map(({ left, right }) => [left - frame.left, right - frame.right]);
        }),
      );
      expect(beyond).toEqual([]);
      await page.close();
    },
  );

  test("a phone shows the leaver, its proxy, the target and one listener of a diagram, and each time", async () => {
    const { page } = await open(withFailures(), { width: 390 });
    const seen = await page.evaluate(() =>
      Array.from(document.querySelectorAll(".sequence"), (figure) => ({
        heads: Array.from(figure.querySelectorAll<HTMLElement>(".heads b"))
          .filter(({ offsetWidth }) => offsetWidth > 0)
          .map(({ innerText }) => innerText),
        hiddenTimes: Array.from(figure.querySelectorAll<HTMLElement>("li:not(.extra) .time")).filter(
          ({ offsetLeft, offsetWidth }) => offsetWidth === 0 || offsetLeft < 0,
        ).length,
      })),
    );
    expect(seen[0]?.heads).toEqual(["alice", "proxy", "target", "bob"]);
    expect(Math.max(...seen.map(({ heads }) => heads.length))).toBeLessThan(5);
    expect(seen.map(({ hiddenTimes }) => hiddenTimes)).toEqual(seen.map(() => 0));
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

  test("a button copies the command that runs a case again", async () => {
    const record = withFailures();
    const options = ["--url", "http://localhost:8080/ws", "--profile", "chat.config.ts"];
    const { page } = await open({ ...record, target: { ...record.target, options } });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const button = page.locator("#leave\\/fin .copy");
    await button.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "npx hangup run --url http://localhost:8080/ws --profile chat.config.ts --grep '^leave/fin$'",
    );
    expect(await button.textContent()).toBe("copied");
    await page.close();
  });

  test("a deep link opens its folder and shows its case", async () => {
    const record = large(200);
    const passed = record.cases.at(-1)?.id ?? "";
    const { page } = await open(record, { anchor: `#${passed}` });
    const target = page.locator(":target");
    expect(await target.getAttribute("id")).toBe(passed);
    expect(await target.evaluate((row) => row.closest("details")?.open)).toBe(true);
    await page.close();
  });

  test("a deep link leads to a failure far down, though those before it are drawn only when they are seen", async () => {
    const record = large(1000);
    const failed = casesOf(record, "fail").at(60)?.id ?? "";
    const { page } = await open(record, { anchor: `#${failed}` });
    const top = () => page.locator(":target").evaluate((one) => one.getBoundingClientRect().top);
    await expect.poll(top).toBeLessThan(100);
    expect(await top()).toBeGreaterThanOrEqual(0);
    await page.close();
  });

  test("the list of cases is narrowed by words and by verdict, says how far, and is whole again", async () => {
    const record = withBaseline();
    const { page } = await open(record);
    const shown = () => page.locator(".scenario li:visible").count();
    const status = page.getByRole("status");
    expect(await shown()).toBe(record.cases.length);
    await page.getByRole("searchbox").fill("LEAVE/CLOSE websocket");
    expect(await shown()).toBe(7);
    expect(await status.innerText()).toBe(`7 of ${record.cases.length} cases shown`);
    await page.getByRole("searchbox").press("Tab");
    await page.keyboard.press("Space");
    expect(await shown()).toBe(6);
    await page.getByRole("searchbox").fill("no such case");
    expect(await status.innerText()).toBe(`0 of ${record.cases.length} cases shown`);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("checkbox", { name: "failed" }).check();
    expect(await shown()).toBe(record.cases.length);
    expect(await status.innerText()).toBe("");
    await page.close();
  });

  test("a link to a case that is filtered out shows it all the same", async () => {
    const record = large(200);
    const passed = record.cases.at(-1)?.id ?? "";
    const { page } = await open(record);
    await page.getByRole("searchbox").fill("no such case");
    await page.evaluate((id) => (location.hash = id), passed);
    await page.locator(":target").waitFor({ state: "visible" });
    expect(await page.locator(":target").getAttribute("id")).toBe(passed);
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    await page.close();
  });

  test("the history of a case is shown on demand, also of a passed one, and never as markup", async () => {
    const record = hostile();
    const passed = record.cases.find((run) => run.timeline === undefined);
    const [event] = record.cases.find(({ timeline = [] }) => timeline.length > 0)?.timeline ?? [];
    if (passed === undefined || event === undefined) throw new Error("the sample has no such case");
    const events = hostileStrings.map((actor, index) => ({ ...event, index, actor }));
    const { page, said } = await show(renderHtml(record, { timelineOf: () => events }), {
      anchor: `#${caseAnchor(passed)}`,
    });
    const rows = page.locator(":target details.timeline tr");
    await rows.first().waitFor({ state: "visible" });
    expect(await rows.count()).toBe(hostileStrings.length);
    expect(await rows.locator("img, script, svg").count()).toBe(0);
    expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
    expect(await overflow(page)).toBe(0);
    const failed = casesOf(record, "fail").at(-1);
    await page.evaluate((id) => (location.hash = id), caseAnchor({ id: failed?.id ?? "" }));
    await page.locator(":target details.timeline[open]").waitFor({ state: "visible" });
    expect(said).toEqual([]);
    await page.close();
  });

  test("a report with 134 failures in 560 cases is small, opens soon, and prints on 12 pages", async () => {
    const record = broken();
    const html = renderHtml(record, { timelineOf: () => casesOf(record, "fail")[0]?.timeline });
    expect(html.length).toBeLessThan(1_000_000);
    const { page } = await show(html);
    const { elements, openedMs } = await page.evaluate(() => {
      const [opened] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      return { elements: document.querySelectorAll("*").length, openedMs: opened?.loadEventEnd ?? Infinity };
    });
    expect(elements).toBeLessThan(20_000);
    // 0.6 s on a quiet machine.
    expect(openedMs).toBeLessThan(3_000);
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(12);
    await page.close();
  });

  test("without scripts every case is there, and nothing that would not work", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.setContent(renderHtml(withBaseline()));
    expect(await page.locator(".scenario li:visible").count()).toBe(withBaseline().cases.length);
    expect(await page.locator(".filter").isVisible()).toBe(false);
    await context.close();
  });

  test("the JUnit file of the hostile record says the same to another parser", async () => {
    const page = await browser.newPage();
    const names = await page.evaluate((xml) => {
      const parsed = new DOMParser().parseFromString(xml, "application/xml");
      return Array.from(parsed.querySelectorAll("parsererror, testcase"), (test) =>
        test.getAttribute("name"),
      );
    }, junit.render(hostile()));
    expect(names.toSorted()).toEqual(
      hostile()
        .cases.map(({ id }) => plain(id, 200))
        .toSorted(),
    );
    await page.close();
  });
});
