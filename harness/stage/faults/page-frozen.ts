import { fallSilent } from "./parts/fall-silent.ts";
import type { MakeFault } from "./fault.ts";
import { tabOf } from "./parts/tab.ts";

/** A script of the page's never comes to its end: nothing else runs there, and the browser keeps the connection. */
export const freezePage: MakeFault = (actor) => ({
  name: "page-frozen",
  actor,
  ends: "silently",
  apply: () =>
    fallSilent(actor, "the frozen page", () => {
      // It ends with the page.
      tabOf(actor)
        .page.evaluate(() => {
          for (;;);
        })
        .catch(() => undefined);
      return Promise.resolve();
    }),
});
