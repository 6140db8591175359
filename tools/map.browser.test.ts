import { expect, test } from "vitest";
import { pass } from "../harness/judge/verdict.ts";
import { casesOf } from "../harness/scenario/scenario.ts";
import { renderHtml } from "../reports/html.tsx";
import { scenarios } from "../scenarios/index.ts";
import { caseOf, checkOf, recordOf } from "../testing/records/build.ts";
import { found, launch, skipped } from "../testing/records/in-browser.ts";

test.skipIf(found === null)(`the map of all cases fits 1280 pixels${skipped}`, async () => {
  const cases = scenarios.flatMap(casesOf).map(({ id, scenario, axes }) => ({
    ...caseOf(scenario.id, "", [checkOf("X", "y", pass([]))]),
    id,
    axes,
  }));
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.setContent(renderHtml(recordOf(cases)));
    const over = await page.evaluate(() =>
      Array.from(document.querySelectorAll(".scroll"), (one) => one.scrollWidth - one.clientWidth),
    );
    expect(over).toEqual([0]);
  } finally {
    await browser.close();
  }
});
