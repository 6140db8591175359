import { launchChromium, type RunBrowser } from "../harness/clients/browser.ts";
import { findChromium, whyNoChromium } from "../setup/find-chromium.js";
import { UnreachableError, UsageError } from "./exit.ts";

/** The browser of a run, or why there is none; neither, where none is needed. */
export interface StartedBrowser {
  readonly browser: RunBrowser | undefined;
  readonly missing: string | undefined;
}

/**
 * Starts the browser before any case: its start keeps both cores busy for a moment. One that was asked for by name must
 * be there and start; one that is merely looked for may be missing.
 * @throws UsageError when the environment names a browser that is none
 * @throws UnreachableError when the one that was asked for is not there, or does not start
 */
export async function startBrowser(
  wanted: "chromium" | "none" | undefined,
  needed: boolean,
): Promise<StartedBrowser> {
  if (wanted === "none") return { browser: undefined, missing: "--browser none: no browser was wanted" };
  const found = find();
  let missing = found === null ? whyNoChromium() : undefined;
  if (found !== null && needed) {
    try {
      return { browser: await launchChromium(found), missing: undefined };
    } catch (error) {
      const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
      missing = `${found} does not start: ${why}`;
    }
  }
  if (missing !== undefined && wanted !== undefined)
    throw new UnreachableError(`--browser ${wanted}: ${missing}`);
  return { browser: undefined, missing };
}

function find(): ReturnType<typeof findChromium> {
  try {
    return findChromium();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
