import { parse, type AnyNode, type Program } from "acorn";
import { full } from "acorn-walk";
import { constantsIn } from "./constants.ts";
import {
  readNode,
  type EndpointHint,
  type ScriptHints,
  type SendHint,
  type SubscriptionHint,
} from "./hints.ts";
import { linesOf } from "./lines.ts";
import { Evaluation } from "./text-pieces.ts";
import { sameOrigin, scriptsOf } from "./scripts.ts";

export type { EndpointHint, SendHint, SubscriptionHint } from "./hints.ts";

/** Findings about the server in a page. */
export interface PageHints {
  readonly endpoints: readonly EndpointHint[];
  readonly subscriptions: readonly SubscriptionHint[];
  readonly sends: readonly SendHint[];
  /** Scripts on the page's own origin, to read next. */
  readonly scripts: readonly string[];
  /** Sources that were not read, with reasons. */
  readonly skipped: readonly { readonly where: string; readonly why: string }[];
}

/** Limit for a source, in characters. */
const sourceMax = 2_000_000;
/** Limit for the scripts inside one page. */
const scriptsMax = 200;
const quotedMax = 120;
/** Limit for findings of one kind in a script. */
const hintsMax = 100;

interface PageFindings extends ScriptHints {
  readonly scripts: string[];
  readonly skipped: { where: string; why: string }[];
}

/**
 * Finds the URLs that a page connects to, its subscriptions and its messages, in its HTML and scripts as served. Runs
 * nothing. Never throws; `skipped` lists unreadable sources.
 * @param sources `where` is the URL of a source, which decides its origin
 */
export function readPage(sources: readonly { readonly where: string; readonly text: string }[]): PageHints {
  const found: PageFindings = { endpoints: [], subscriptions: [], sends: [], scripts: [], skipped: [] };
  for (const { where, text } of sources) {
    if (text.length > sourceMax)
      found.skipped.push({ where, why: `only its first ${String(sourceMax)} characters were read` });
    const read = text.slice(0, sourceMax);
    if (!read.trimStart().startsWith("<")) {
      readScript({ text: read, line: 1 }, where, found);
      continue;
    }
    const { inline, addresses } = scriptsOf(read);
    if (inline.length > scriptsMax)
      found.skipped.push({ where, why: `only its first ${String(scriptsMax)} scripts were read` });
    found.scripts.push(...sameOrigin(addresses, where));
    for (const script of inline.slice(0, scriptsMax)) readScript(script, where, found);
  }
  return {
    ...found,
    endpoints: distinct(found.endpoints, ({ address, transport }) => [address, transport]),
    subscriptions: distinct(found.subscriptions, ({ destination }) => destination),
    sends: distinct(found.sends, ({ destination, body }) => [destination, body]),
    scripts: [...new Set(found.scripts)],
  };
}

/** Returns the first of each. */
function distinct<T>(hints: readonly T[], key: (hint: T) => unknown): T[] {
  const seen = new Set<string>();
  return hints.filter((hint) => {
    const own = JSON.stringify(key(hint));
    return !seen.has(own) && seen.add(own);
  });
}

function readScript(
  script: { readonly text: string; readonly line: number },
  where: string,
  all: PageFindings,
): void {
  const { text, line } = script;
  const at = line === 1 ? where : `${where}:${String(line)}`;
  const own: ScriptHints = { endpoints: [], subscriptions: [], sends: [] };
  try {
    const program = parsed(text);
    const evaluation = new Evaluation({ text, constants: constantsIn(program) });
    const lineOf = linesOf(text, line);
    full(program, (node: AnyNode) => {
      readNode(node, evaluation.begin(), own, (unknown) => {
        const quoted = text
          .slice(node.start, Math.min(node.end, node.start + quotedMax))
          .replace(/\s+/g, " ");
        return { where: `${where}:${String(lineOf(node.start))}`, quoted, unknown };
      });
    });
    all.scripts.push(...sameOrigin(importsOf(program), where));
  } catch (error) {
    const why =
      error instanceof RangeError
        ? "it is nested too deeply"
        : String(error instanceof Error ? error.message : error);
    all.skipped.push({ where: at, why: `it could not be read as a program: ${why}` });
    return;
  }
  for (const kind of ["endpoints", "subscriptions", "sends"] as const)
    if (own[kind].length > hintsMax)
      all.skipped.push({ where: at, why: `only ${String(hintsMax)} ${kind} of it were kept` });
  all.endpoints.push(...own.endpoints.slice(0, hintsMax));
  all.subscriptions.push(...own.subscriptions.slice(0, hintsMax));
  all.sends.push(...own.sends.slice(0, hintsMax));
}

/** Parses a script or a module; undefined if a source is neither. */
function parsed(text: string): Program {
  const options = { ecmaVersion: "latest", allowHashBang: true, allowReturnOutsideFunction: true } as const;
  try {
    return parse(text, { ...options, sourceType: "script", allowAwaitOutsideFunction: true });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return parse(text, { ...options, sourceType: "module" });
  }
}

const importsOf = ({ body }: Program): string[] =>
  body.flatMap((one) => {
    const from = "source" in one ? one.source?.value : undefined;
    return typeof from === "string" && /^\.{0,2}\//.test(from) ? [from] : [];
  });
