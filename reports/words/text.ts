import { count } from "../../harness/util/words.ts";

export { count, countOf, duration } from "../../harness/util/words.ts";

/**
 * Strings of a record come from targets, pages and profiles. Any of them may be hostile; these functions make them safe.
 */

/**
 * Invisible characters, and those that terminals, XML parsers or bidirectional text interpret. Joiners of emoji are
 * kept.
 */
const unseen = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Combining marks on one letter beyond the needs of any script. They would cover neighboring lines. */
const piledMarks = /(?<=\p{M}{8})\p{M}+/gu;

/** Default number of characters shown of a value. */
const defaultShown = 400;

/** Returns the value on one line. Replaces control, bidirectional and other invisible characters by visible names. */
export function visible(value: string): string {
  return value
    .replace(unseen, nameOf)
    .replace(piledMarks, (marks) => `\u27E8${count(marks.length)} more marks\u27E9`);
}

/** Names in characters of any font, unlike Unicode's control pictures. */
const controlNames: Readonly<Record<string, string>> = {
  "\0": "NUL",
  "\t": "TAB",
  "\n": "LF",
  "\r": "CR",
  "\u001B": "ESC",
  "\u007F": "DEL",
};

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\u27E8${controlNames[character] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}\u27E9`;
}

/** Value prepared for display. `cutFrom` is its full length if it was shortened. */
export interface VisibleText {
  readonly text: string;
  readonly cutFrom: number | null;
}

/** Returns at most `max` UTF-16 units of a value, without splitting a pair. */
export function show(value: string, max: number = defaultShown): VisibleText {
  if (value.length <= max) return { text: visible(value), cutFrom: null };
  const head = value.slice(0, max);
  const whole = /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
  return { text: visible(whole), cutFrom: value.length };
}

/** Returns `show` as plain text, with a note in brackets if the value was shortened. */
export function plain(value: string, max: number = defaultShown): string {
  const { text, cutFrom } = show(value, max);
  return cutFrom === null ? text : `${text}\u2026 ${cutNote(cutFrom)}`;
}

export function cutNote(cutFrom: number): string {
  return `[cut: ${count(cutFrom)} characters in all]`;
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
