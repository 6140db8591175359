import { visible } from "./text.ts";

/** Roughly how wide a character is in the diagrams' type, in pixels; none is much wider than what is said here. */
function widthOf(character: string): number {
  if (/[\p{M}\u200C\u200D]/u.test(character)) return 0;
  if (/[MW@%]|[mw]/.test(character)) return 11.5;
  if (/[A-Z\u27E8\u27E9]/.test(character)) return 9;
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 6.4 : 13;
}

/** The text on one line of at most `widthPx`, made visible; what does not fit gives way to an ellipsis. */
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
