import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** The browser believes that there is no network. It closes no WebSocket for that; what the page sends stays in it. */
export const goOffline: MakeFault = (actor) => ({
  name: "offline",
  actor,
  ends: "silently",
  apply: () =>
    fallSilent(actor, "the page without a network", () => tabOf(actor).page.context().setOffline(true)),
});
