import type { IncomingMessage } from "node:http";

/**
 * Returns true if the request comes from the server's own origin, from an allowed origin, or from a program that is no
 * page. Browsers omit `Origin` when they load scripts and frames. Then `Referer` decides, or else `Sec-Fetch-Site`.
 */
export function originAllowed({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  if (allowed.includes("*")) return true;
  const { origin, referer, host = "" } = headers;
  const claimed = origin ?? (referer === undefined ? undefined : originOf(referer));
  if (claimed !== undefined) return [`http://${host}`, `https://${host}`, ...allowed].includes(claimed);
  const site = headers["sec-fetch-site"] ?? "none";
  return site === "none" || site === "same-origin";
}

/** Returns the URL's origin, or the string `null`, which browsers send for an opaque origin. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "null";
}
