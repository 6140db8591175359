import { launchChromium, type RunBrowser } from "../harness/clients/browser.ts";
import { findChromium, whyNoChromium } from "../setup/find-chromium.js";
import { UnreachableError, UsageError } from "./exit.ts";
import { messageOf } from "../harness/util/words.ts";

/** Browser of a run, or the reason why there is none. Both are undefined if no case needs a browser. */
export interface StartedBrowser {
  readonly browser: RunBrowser | undefined;
  readonly missing: string | undefined;
}

/**
 * Starts the browser before any case, because its start loads the processor for a moment. A browser that the options
 * name must be there; otherwise it may be missing.
 * @throws UsageError if the environment names a file that is not a browser
 * @throws UnreachableError if the named browser is missing or does not start
 */
export async function startBrowser(
  wanted: "chromium" | "none" | undefined,
  needed: boolean,
): Promise<StartedBrowser> {
  const found = wanted === "none" ? null : find();
  let missing = missingBrowser(wanted);
  if (wanted === "none") return { browser: undefined, missing };
  if (found !== null && needed) {
    try {
      return { browser: await launchChromium(found), missing: undefined };
    } catch (error) {
      const [why = ""] = messageOf(error).split("\n");
      missing = `${found} does not start: ${why}`;
    }
  }
  if (missing !== undefined && wanted !== undefined)
    throw new UnreachableError(`--browser ${wanted}: ${missing}`);
  return { browser: undefined, missing };
}

/** Returns the reason why a run has no browser, as far as it is known without starting one. */
export function missingBrowser(wanted: "chromium" | "none" | undefined): string | undefined {
  if (wanted === "none") return "the run was without a browser (--browser none)";
  return find() === null ? whyNoChromium() : undefined;
}

function find(): ReturnType<typeof findChromium> {
  try {
    return findChromium();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
