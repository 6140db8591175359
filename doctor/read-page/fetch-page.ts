import { readPage, type PageHints } from "./read-page.ts";

/** Size limit for a script. The rest of a bundle shows nothing new. */
const sourceBytesMax = 4_000_000;
const scriptsMax = 12;
const limitMs = 6_000;

/**
 * Reads the pages above an endpoint, as a visitor gets them, and their scripts from the same origin. Takes six seconds at
 * most. Never rejects, and leaves out what is missing.
 */
export async function fetchPage(
  endpoint: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<PageHints> {
  const signal = AbortSignal.timeout(limitMs);
  const get = async (where: string) => {
    const text = await textAt(where, headers, signal).catch(() => undefined);
    return text === undefined ? [] : [{ where, text }];
  };
  const pages = (await Promise.all(pagesAbove(endpoint).map(get))).flat();
  const { scripts } = readPage(pages);
  const first = (await Promise.all(scripts.slice(0, scriptsMax).map(get))).flat();
  // A page's only script may load the others.
  const { scripts: all } = readPage([...pages, ...first]);
  const more = all.filter((one) => !scripts.includes(one)).slice(0, scriptsMax);
  return readPage([...pages, ...first, ...(await Promise.all(more.map(get))).flat()]);
}

/** Returns the possible pages of an endpoint. `/app/ws` may belong to a page at `/app/` or at `/`. */
function pagesAbove({ origin, pathname }: URL): string[] {
  const parts = pathname.split("/").filter((part) => part !== "");
  return parts.map(
    (_, place) =>
      `${origin}/${parts
        .slice(0, place)
        .map((part) => `${part}/`)
        .join("")}`,
  );
}

async function textAt(
  where: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  // A log-in on another server is not this server's page, and gets none of its headers.
  const { ok, body } = await fetch(where, { headers, signal, redirect: "error" });
  if (!ok || body === null) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > sourceBytesMax) break;
  }
  return text;
}
