import { chromium, type Browser } from "playwright";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";

/** The browser of this machine, for tests that look at a page; null where there is none. */
export const found = findChromium();

/** Says so in a test's title where it has to be left out. */
export const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

/** A browser that asks for nothing by itself. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: found ?? "",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
