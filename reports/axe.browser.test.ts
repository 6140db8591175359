import axe, { type AxeResults } from "axe-core";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderComparison } from "./comparison/comparison.tsx";
import { renderHtml } from "./html.tsx";
import { allPass, hostile, withBaseline, withFailures, withInconclusive } from "../testing/records/sample.ts";
import { found, launch, skipped } from "../testing/records/in-browser.ts";

const compared = renderComparison([
  { name: "ours", record: allPass() },
  { name: "chat", record: withFailures() },
  { name: "chat", record: withInconclusive() },
]);

const diagnosis = {
  sentence: "The server offers no heartbeats.",
  confidence: "very likely",
  explains: ["leave/fin"],
  findings: [1],
  advice: {
    id: "x",
    general: "Switch them on.",
    spring: { heading: "In Spring", words: "w", code: { name: "C", text: "code" }, sideEffects: ["none"] },
  },
} as const;

const pages = [
  ["all passed", renderHtml(allPass())],
  ["failures", renderHtml(withFailures())],
  ["a grid and a baseline", renderHtml(withBaseline())],
  ["a probable cause", renderHtml(withFailures(), {}, [diagnosis])],
  ["hostile", renderHtml(hostile())],
  ["comparison", compared],
] as const;

describe.skipIf(found === null)(`the pages hold nothing that shuts a reader out${skipped}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(() => browser.close());

  test.each([
    ...pages.map(([name, html]) => [name, "light", 1200, "axe.run()", html] as const),
    ["a grid and a baseline", "light", 390, "axe.run()", renderHtml(withBaseline())] as const,
    ...pages.map(
      ([name, html]) => [name, "dark", 1200, "axe.run({ runOnly: 'color-contrast' })", html] as const,
    ),
  ])("%s, %s, %d wide", async (_name, colorScheme, width, run, html) => {
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme,
      reducedMotion: "reduce",
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    await page.setContent(html);
    await page.addScriptTag({ content: axe.source });
    const { violations, passes } = await page.evaluate<AxeResults>(run);
    expect(
      violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html: node }) => node.slice(0, 160)).join("\n")}`,
      ),
    ).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
    await context.close();
  });
});
