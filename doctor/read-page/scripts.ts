import { linesOf } from "./lines.ts";

/** Script in a page, with its first line. */
export interface PageScript {
  readonly text: string;
  readonly line: number;
}

export interface ScriptsOf {
  readonly inline: readonly PageScript[];
  /** URLs of external scripts, as the page writes them. */
  readonly addresses: readonly string[];
}

const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const attributesMax = 4_000;
const programs = /^(?:module|(?:text|application)\/(?:x-)?(?:java|ecma)script(?:;.*)?|text\/babel)?$/i;

/** Returns the scripts of an HTML page, in one pass. An unclosed element extends to the end. Comments hold no scripts. */
export function scriptsOf(html: string): ScriptsOf {
  const inline: PageScript[] = [];
  const addresses: string[] = [];
  const begins = /<!--|<[a-z][^\s/>]{0,40}/gi;
  const lineOf = linesOf(html, 1);
  for (let found = begins.exec(html); found !== null; found = begins.exec(html)) {
    const isComment = found[0] === "<!--";
    const end = isComment ? html.indexOf("-->", begins.lastIndex) : endOfTag(html, begins.lastIndex);
    if (end < 0) break;
    begins.lastIndex = end + 1;
    if (found[0].toLowerCase() !== "<script") continue;
    const close = /<\/script/gi;
    close.lastIndex = end + 1;
    const stop = close.exec(html)?.index ?? html.length;
    begins.lastIndex = stop;
    const attributes = attributesIn(html.slice(found.index + found[0].length, end).slice(0, attributesMax));
    if (!programs.test(attributes.get("type") ?? "")) continue;
    const address = attributes.get("src");
    if (address !== undefined) addresses.push(address);
    if (address === undefined) inline.push({ text: html.slice(end + 1, stop), line: lineOf(end) });
  }
  return { inline, addresses };
}

/** Returns the position of the `>` that ends a tag; -1 without one. */
function endOfTag(html: string, from: number): number {
  let quote = "";
  let last = "";
  for (let place = from; place < html.length; place += 1) {
    const sign = html[place] ?? "";
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === ">") return place;
    else if (last === "=" && (sign === '"' || sign === "'")) quote = sign;
    if (!/\s/.test(sign)) last = sign;
  }
  return -1;
}

function attributesIn(tag: string): Map<string, string> {
  const found = [...tag.matchAll(attribute)].map(
    ([, name = "", double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? ""] as const,
  );
  return new Map(found);
}

/** Returns the URLs on the page's own origin, resolved if the page's own URL is known. */
export function sameOrigin(addresses: readonly string[], page: string): string[] {
  const base = /^https?:\/\//i.test(page) && URL.canParse(page) ? new URL(page) : undefined;
  return addresses.flatMap((address) => {
    if (base === undefined)
      return /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address) || address === "" ? [] : [address];
    const whole = URL.canParse(address, base) ? new URL(address, base) : undefined;
    return whole?.origin === base.origin && whole.href !== base.href ? [whole.href] : [];
  });
}
