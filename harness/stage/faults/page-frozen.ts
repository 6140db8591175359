import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/**
 * Runs an endless loop in the page. No other script runs, and the browser keeps the connection. The witness is a missed
 * heartbeat; for a client without heartbeats, a command that it does not carry out.
 */
export const freezePage: MakeFault = (actor) => ({
  name: "page-frozen",
  actor,
  ends: "silently",
  apply: () =>
    fallSilent(actor, "the frozen page", () => {
      // The loop ends with the page.
      tabOf(actor)
        .page.evaluate(() => {
          for (;;);
        })
        .catch(() => undefined);
      return Promise.resolve();
    }),
});
