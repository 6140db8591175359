/** A text without its escapes, with the original place of each character. */
export interface Plain {
  readonly text: string;
  /** Start of a character in the original text. */
  readonly startOf: (place: number) => number;
  /** End of a character in the original text. */
  readonly endOf: (place: number) => number;
}

/** An escape: its range in the plain text and in the escaped text. */
interface Written {
  readonly plainFrom: number;
  readonly plainTo: number;
  readonly from: number;
  readonly to: number;
}

/** Percent-encoding, escapes of JSON and STOMP, and HTML's entities: `%22`, `\\"`, `\\u0022`, `&quot;` all stand for `"`. */
const written =
  /%([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+([cnrt]?)|&(amp|lt|gt|quot|apos|#\d{1,5}|#x[0-9a-f]{1,4});|(\+)/gi;

/** Characters for which UTF-8 has several bytes. */
const wide = /[^\0-\x7f]/gu;

/** Maximum number of nested encodings that are undone. */
const layersMax = 8;

const ofLetter: Readonly<Record<string, string>> = { c: ":", n: "\n", r: "\r", t: "\t" };
const ofEntity: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Undoes all escapes of a text, and returns it as UTF-8 bytes. Some different texts come out alike (`a+b` and `a b`). That
 * is harmless, because secrets are read in the same way before they are compared.
 */
export function plainOf(text: string): Plain {
  let plain = withReplaced(text, wide, ([character]) => inUtf8(character));
  for (let layer = 0; layer < layersMax; layer += 1) {
    const outer = plain;
    const inner = withReplaced(outer.text, written, characterOf);
    if (inner.text === outer.text) break;
    plain = {
      text: inner.text,
      startOf: (place) => outer.startOf(inner.startOf(place)),
      endOf: (place) => outer.endOf(inner.endOf(place) - 1),
    };
  }
  return plain;
}

function withReplaced(text: string, pattern: RegExp, change: (match: RegExpExecArray) => string): Plain {
  const all: Written[] = [];
  let plain = "";
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    plain += text.slice(from, match.index);
    const character = change(match);
    from = match.index + match[0].length;
    all.push({
      plainFrom: plain.length,
      plainTo: plain.length + character.length,
      from: match.index,
      to: from,
    });
    plain += character;
  }
  if (all.length === 0) return { text, startOf: (place) => place, endOf: (place) => place + 1 };
  return {
    text: plain + text.slice(from),
    startOf: (place) => {
      const last = lastUntil(all, place);
      if (last === undefined) return place;
      return place < last.plainTo ? last.from : last.to + place - last.plainTo;
    },
    endOf: (place) => {
      const last = lastUntil(all, place);
      if (last === undefined) return place + 1;
      return place < last.plainTo ? last.to : last.to + place + 1 - last.plainTo;
    },
  };
}

function characterOf([, byte, unit, letter, entity]: RegExpExecArray): string {
  if (byte !== undefined) return byte.toLowerCase() === "2b" ? " " : String.fromCharCode(parseInt(byte, 16));
  if (unit !== undefined) return inUtf8(String.fromCharCode(parseInt(unit, 16)));
  if (letter !== undefined) return ofLetter[letter] ?? letter;
  if (entity !== undefined) return inUtf8(ofEntity[entity.toLowerCase()] ?? numbered(entity));
  return " ";
}

const numbered = (entity: string) =>
  String.fromCharCode(/^#x/i.test(entity) ? parseInt(entity.slice(2), 16) : Number(entity.slice(1)));

const inUtf8 = (text: string) => Buffer.from(text === "+" ? " " : text).toString("latin1");

/** Returns the last escape that begins at this place of the plain text or before. */
function lastUntil(all: readonly Written[], place: number): Written | undefined {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.plainFrom ?? Infinity) <= place) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}
