import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Puts the browser into offline mode. The browser keeps its WebSockets open and holds back everything that the page
 * sends. The witness is a missed heartbeat; for a client without heartbeats, a command that it does not carry out.
 */
export const goOffline: MakeFault = (actor) => ({
  name: "offline",
  actor,
  ends: "silently",
  apply: () =>
    fallSilent(actor, "the page without a network", () => tabOf(actor).page.context().setOffline(true)),
});
