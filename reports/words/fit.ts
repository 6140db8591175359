import { visible } from "./text.ts";

/** Returns the approximate width of a character in the diagrams' font, in pixels, rounded up. */
function widthOf(character: string): number {
  if (/[\p{M}\u200C\u200D]/u.test(character)) return 0;
  if (/[MW@%]|[mw]/.test(character)) return 11.5;
  if (/[A-Z\u27E8\u27E9]/.test(character)) return 9;
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 6.4 : 13;
}

/** Shortens a text to one line of at most `widthPx`, with an ellipsis, and makes it visible. */
export function fitted(text: string, widthPx: number): string {
  const shown: string[] = [];
  let width = 0;
  const characters = Array.from(visible(text.slice(0, 1000)));
  for (const character of characters) {
    width += widthOf(character);
    if (width > widthPx) return `${shown.slice(0, -1).join("")}\u2026`;
    shown.push(character);
  }
  return shown.join("");
}
