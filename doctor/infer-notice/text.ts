import { namesIn } from "../../harness/profile/template.ts";
import { times } from "./words.ts";

/** Placeholders for the name and for varying parts in the tokens of a text. */
const name = Symbol("name");
const gap = Symbol("gap");
type Token = string | typeof name | typeof gap;

/** Shape of a text: a template, or a regular expression if more than the name varies. */
export interface TextShape {
  readonly input: { readonly text: string } | { readonly pattern: string };
  /** Matches the whole text. Its group `client` is the name, if there is one. */
  readonly reads: RegExp;
  /** Parts that all texts share. */
  readonly constant: string;
}

const textsMax = 20;
const lengthMax = 2_000;
const gapsMax = 4;

/**
 * Returns the shape of several sessions' texts with the same meaning.
 * @param texts texts of each session, of which at least one must have the shape
 * @param names names in each session's texts; null for texts without names
 * @returns the shape with the fewest varying places; undefined if the texts have none in common
 */
export function shapeOf(
  texts: readonly (readonly string[])[],
  names: readonly string[] | null,
): TextShape | undefined {
  const [first = [], ...others] = texts.map((own, session) =>
    own
      .filter((text) => text.length <= lengthMax)
      .slice(0, textsMax)
      .map((text) => tokensOf(text, names?.[session])),
  );
  const shapes = first.flatMap((tokens) => {
    let shape: Token[] | undefined = tokens;
    for (const own of others) shape = shape && fewestGaps(own.map((other) => merged(shape ?? [], other)));
    return shape === undefined ? [] : [shape];
  });
  const shape = fewestGaps(shapes);
  return shape === undefined || gapsIn(shape) > gapsMax ? undefined : rendered(shape);
}

/** Finds the name in a text. A short name must stand apart from other words. */
export function placesOf(text: string, wanted: string): number[] {
  const places: number[] = [];
  for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + wanted.length)) {
    const around = `${text[from - 1] ?? " "}${text[from + wanted.length] ?? " "}`;
    if (wanted.length >= 6 || !/[A-Za-z0-9]/.test(around)) places.push(from);
  }
  return places;
}

function tokensOf(text: string, wanted: string | undefined): Token[] {
  if (wanted === undefined) return constantTokens(text);
  let from = 0;
  const tokens: Token[] = [];
  for (const place of placesOf(text, wanted)) {
    tokens.push(...constantTokens(text.slice(from, place)), name);
    from = place + wanted.length;
  }
  return [...tokens, ...constantTokens(text.slice(from))];
}

function constantTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const add = (piece: string) => tokens.push(...(piece.match(/\p{L}+|\p{N}+|[^\p{L}\p{N}]/gu) ?? []));
  for (const { index, 0: time } of text.matchAll(times)) {
    add(text.slice(from, index));
    tokens.push(gap);
    from = index + time.length;
  }
  add(text.slice(from));
  return tokens;
}

/** Merges two texts, with gaps for the differences; undefined for unlike texts. */
function merged(a: readonly Token[], b: readonly Token[]): Token[] | undefined {
  if (a.length !== b.length) return undefined;
  const both = a.map((token, place) => (token === b[place] ? token : gap));
  const sameNames = both.every(
    (token, place) => (token === name) === (a[place] === name || b[place] === name),
  );
  return sameNames && (both.every((token) => token !== gap) || hasWord(constantIn(both))) ? both : undefined;
}

const constantIn = (tokens: readonly Token[]): string =>
  tokens.filter((token) => typeof token === "string").join("");

/** Returns true if a text holds more than punctuation and single letters. */
export const hasWord = (text: string): boolean => /\p{L}{2}|\p{Lo}/u.test(text);

const gapsIn = (tokens: readonly Token[]): number =>
  tokens.filter((token, place) => token === gap && tokens[place - 1] !== gap).length;

function fewestGaps(shapes: readonly (Token[] | undefined)[]): Token[] | undefined {
  return shapes
    .filter((shape) => shape !== undefined)
    .reduce<Token[] | undefined>(
      (best, shape) => (best === undefined || gapsIn(shape) < gapsIn(best) ? shape : best),
      undefined,
    );
}

function rendered(tokens: readonly Token[]): TextShape {
  let named = false;
  const pattern = tokens.map((token, place) => {
    if (token === gap) return tokens[place - 1] === gap ? "" : ".*?";
    if (token !== name) return token.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    const reference = named ? String.raw`\k<client>` : "(?<client>.+?)";
    named = true;
    return reference;
  });
  const whole = `^${pattern.join("")}$`;
  const constant = constantIn(tokens);
  // The target's own words in braces would be filled in as names.
  const isPlain = gapsIn(tokens) === 0 && namesIn(constant).length === 0;
  const text = tokens.map((token) => (token === name ? "{client}" : String(token))).join("");
  return { input: isPlain ? { text } : { pattern: whole }, reads: new RegExp(whole, "s"), constant };
}
