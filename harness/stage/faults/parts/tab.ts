import type { Actor } from "../../actor.ts";
import type { Tab } from "../../../clients/driver.ts";
import type { Chromium } from "../../../clients/chromium.ts";

/**
 * The browser tab that the actor runs in.
 * @throws Error for an actor that runs elsewhere
 */
export function tabOf(actor: Actor): Tab {
  const { tab } = actor.driver;
  if (tab === undefined) throw new Error(`${actor.name} is no browser tab; join it by: "tab"`);
  return tab;
}

/**
 * The browser that the actor has to itself.
 * @throws Error for an actor that is no tab, or shares its browser
 */
export function ownBrowserOf(actor: Actor): Chromium {
  const { browser } = tabOf(actor);
  if (browser === undefined)
    throw new Error(`${actor.name} shares its browser with others; join it with ownBrowser: true`);
  return browser;
}
