import type { IncomingMessage } from "node:http";

/**
 * Whether the page that sent the request may talk to this server: one of its own pages, one of an allowed origin, or no
 * page at all. Browsers leave Origin out of the GETs of scripts and frames; there the Referer has to do, or else the
 * browser's word for how near the page is.
 */
export function originAllowed({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  if (allowed.includes("*")) return true;
  const { origin, referer, host = "" } = headers;
  const claimed = origin ?? (referer === undefined ? undefined : originOf(referer));
  if (claimed !== undefined) return [`http://${host}`, `https://${host}`, ...allowed].includes(claimed);
  const site = headers["sec-fetch-site"] ?? "none";
  return site === "none" || site === "same-origin";
}

/** `null` in text, as browsers write it, for what has no origin. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "null";
}
