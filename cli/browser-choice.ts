import { findChromium, whyNoChromium } from "../setup/find-chromium.js";
import { UnreachableError, UsageError } from "./exit.ts";

/** The browser of a run: its path, or why there is none. */
export type BrowserChoice =
  | { readonly path: string; readonly missing?: undefined }
  | { readonly path?: undefined; readonly missing: string };

/**
 * A browser that was asked for by name must be there; one that is merely looked for may be missing.
 * @throws UsageError when the environment names a browser that is none
 * @throws UnreachableError when the one that was asked for is not there
 */
export function chooseBrowser(wanted: "chromium" | "none" | undefined): BrowserChoice {
  if (wanted === "none") return { missing: "--browser none: no browser was wanted" };
  const found = find();
  if (found !== null) return { path: found.path };
  if (wanted !== undefined) throw new UnreachableError(`--browser ${wanted}: ${whyNoChromium()}`);
  return { missing: whyNoChromium() };
}

function find(): ReturnType<typeof findChromium> {
  try {
    return findChromium();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
