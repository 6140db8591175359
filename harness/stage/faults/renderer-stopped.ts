import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/**
 * The process that runs the page is stopped. The browser's own network process still holds the connection and answers
 * WebSocket pings, so that only STOMP's heartbeats tell of the page.
 */
export const stopRenderer: MakeFault = (actor) => ({
  name: "renderer-stopped",
  actor,
  ends: "silently",
  apply: () => fallSilent(actor, "the stopped page", () => ownBrowserOf(actor).stopRenderers()),
});
