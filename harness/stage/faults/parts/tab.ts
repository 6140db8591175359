import type { Actor } from "../../actor.ts";
import type { Tab } from "../../../clients/driver.ts";
import type { Chromium } from "../../../clients/chromium.ts";

/**
 * Returns the actor's browser tab.
 * @throws Error for an actor that runs elsewhere
 */
export function tabOf(actor: Actor): Tab {
  const { tab } = actor.driver;
  if (tab === undefined) throw new Error(`${actor.name} is no browser tab; join it by: "tab"`);
  return tab;
}

/**
 * Returns the browser that belongs to the actor alone.
 * @throws Error for an actor that is no tab, or shares its browser
 */
export function ownBrowserOf(actor: Actor): Chromium {
  const { browser } = tabOf(actor);
  if (browser === undefined)
    throw new Error(`${actor.name} shares its browser with others; join it with ownBrowser: true`);
  return browser;
}
