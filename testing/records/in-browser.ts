import { chromium, type Browser } from "playwright";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";

/** Path of this machine's Chromium; null without one. */
export const found = findChromium();

/** Suffix of a test's title that gives the reason for its skip; "" with a browser. */
export const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

/** Starts a browser that sends no requests of its own. */
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
