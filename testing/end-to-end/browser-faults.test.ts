import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageFiles } from "../../browser-fixtures/files.ts";
import type { Tab } from "../../harness/clients/driver.ts";
import { launchChromium, type RunBrowser } from "../../harness/clients/browser.ts";
import type { Chromium } from "../../harness/clients/chromium.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import { tabOf } from "../../harness/stage/faults/parts/tab.ts";
import { files } from "../../harness/profile/fault-files.generated.ts";
import type { CheckVerdict } from "../../harness/judge/verdict.ts";
import { caseOf } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";
import type { RunTarget } from "../../cli/target/target.ts";
import { findTarget } from "../../cli/target/find-target.ts";
import { judgeSabotaged } from "../harness/open-stage.ts";

/** Takes away the effect of a fault on the tab, before the fault is injected. */
type TabSabotage = (tab: Tab) => unknown;

const nothing = () => Promise.resolve(null);

/** Replaces functions of an object. */
const replace = <T extends object>(thing: T, parts: Partial<Record<keyof T, unknown>>) =>
  Object.assign(thing, parts);

const browserThat = (parts: Partial<Record<keyof Chromium, unknown>>): TabSabotage => {
  return ({ browser }) => {
    if (browser === undefined) throw new Error("the tab has no browser of its own");
    replace(browser, parts);
  };
};

/** Faults of tabs and browsers by file: a scenario with the fault, and a sabotage of its effect. */
const sabotaged: Readonly<Record<string, readonly [scenario: string, TabSabotage]>> = {
  "tab-closed": ["browser/tab-closed", ({ page }) => replace(page, { close: nothing })],
  "window-closed": ["browser/window-closed", ({ page }) => replace(page.context(), { close: nothing })],
  "renderer-crashed": [
    "browser/renderer-crashed",
    ({ page }) => replace(page.context(), { newCDPSession: () => Promise.resolve({ send: nothing }) }),
  ],
  "page-frozen": ["browser/page-frozen", ({ page }) => replace(page, { evaluate: nothing })],
  offline: ["browser/offline", ({ page }) => replace(page.context(), { setOffline: nothing })],
  "browser-killed": ["browser/killed", browserThat({ killAll: nothing })],
  "browser-main-killed": ["browser/main-process-killed", browserThat({ killMain: nothing })],
  "navigated-away": ["browser/navigated-away", ({ page }) => replace(page, { goto: nothing })],
  reload: ["browser/reload", ({ page }) => replace(page, { reload: nothing })],
  "renderer-stopped": ["browser/renderer-stopped", browserThat({ stopRenderers: nothing })],
};

test("each fault of tabs and browsers has a case without its effect", () => {
  const folder = new URL("../../harness/stage/faults/", import.meta.url);
  const faults = files.filter((file) =>
    readFileSync(new URL(`${file}.ts`, folder), "utf8").includes('"./parts/tab.ts"'),
  );
  expect(Object.keys(sabotaged).sort()).toEqual(faults.sort());
});

const found = findChromium();
const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

describe.skipIf(found === null)(`faults of tabs and browsers${skipped}`, () => {
  let target: RunTarget;
  let browser: RunBrowser;
  // All cases receive every notice of the topic, and tell by this whose it is.
  const owners = new NoticeOwners(() => performance.now());

  beforeAll(async () => {
    target = await findTarget({});
    browser = await launchChromium(found ?? "");
  });

  afterAll(async () => {
    await browser.close();
    await target.stop();
  });

  /** Plays a scenario with a fault that has no effect. */
  async function judgeWithout(sabotage: TabSabotage, id: string): Promise<readonly CheckVerdict[]> {
    const scenario = scenarios.find((one) => one.id === id);
    if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
    const { profile, url } = target;
    const context = { token: id.replace(/\W/g, ""), profile, target: url, owners, browser, pageFiles };
    return judgeSabotaged(caseOf(scenario), (actor) => sabotage(tabOf(actor)), context);
  }

  test.concurrent.for(Object.entries(sabotaged))(
    "%s: without its effect the case is inconclusive",
    { timeout: 60_000 },
    async ([, [id, sabotage]], { expect: expectHere }) => {
      const verdicts = await judgeWithout(sabotage, id);
      expectHere(verdicts.length).toBeGreaterThan(0);
      for (const verdict of verdicts) {
        expectHere(verdict).toMatchObject({
          kind: "inconclusive",
          reason: expect.stringMatching(/^nothing shows that .* took effect on alice$/) as string,
        });
      }
    },
  );
});
