import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { ownBrowserOf } from "./parts/tab.ts";

/**
 * Stops the page's process. The browser's network process still holds the connection and answers WebSocket pings, so
 * that only missing STOMP heartbeats show it. The witness is a missed heartbeat; for a client without heartbeats, a
 * command that it does not carry out.
 */
export const stopRenderer: MakeFault = (actor) => ({
  name: "renderer-stopped",
  actor,
  ends: "silently",
  apply: () => fallSilent(actor, "the stopped page", () => ownBrowserOf(actor).stopRenderers()),
});
