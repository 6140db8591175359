import { count } from "../../harness/util/words.ts";

export { count, countOf, duration } from "../../harness/util/words.ts";

/**
 * Strings from a record come from targets, pages and profiles: every one is hostile until it went through here.
 */

/** What a reader can't see or a terminal, an XML parser or a bidi algorithm would act on. The joiners of emoji stay. */
const unseen = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Marks piled on one letter beyond what any script needs: they would cover the lines above and below. */
const piledMarks = /(?<=\p{M}{8})\p{M}+/gu;

/** Characters of a value that are shown where nothing else is said. */
const defaultShown = 400;

/** The value on one line, every control, bidi and other invisible character replaced by a visible name of itself. */
export function visible(value: string): string {
  return value
    .replace(unseen, nameOf)
    .replace(piledMarks, (marks) => `\u27E8${count(marks.length)} more marks\u27E9`);
}

/** Names that any font can show, unlike the pictures that Unicode has for them. */
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

/** A value made fit to be shown: visible, and cut where it is long. `cutFrom` is its full length, if it was cut. */
export interface Shown {
  readonly text: string;
  readonly cutFrom: number | null;
}

/** At most `max` UTF-16 units of the value, never half of a pair. */
export function show(value: string, max: number = defaultShown): Shown {
  if (value.length <= max) return { text: visible(value), cutFrom: null };
  const head = value.slice(0, max);
  const whole = /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
  return { text: visible(whole), cutFrom: value.length };
}

/** `show` for plain text: the cut is said in brackets. */
export function plain(value: string, max: number = defaultShown): string {
  const { text, cutFrom } = show(value, max);
  return cutFrom === null ? text : `${text}\u2026 ${cutNote(cutFrom)}`;
}

export function cutNote(cutFrom: number): string {
  return `[cut: ${count(cutFrom)} characters in all]`;
}
