import { isEscaped } from "./frame.ts";
import type { Frame, Version } from "./frame.ts";

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c" };

/**
 * Returns the text of a frame. A header value can't inject another header: a space replaces each special character for
 * which the version has no escape.
 */
export function encode(frame: Frame, version: Version): string {
  const write = isEscaped(frame.command, version) ? escaper(version) : flat;
  let text = frame.command + "\n";
  for (const [name, value] of frame.headers) text += `${write(name)}:${write(value)}\n`;
  if (frame.body !== "") text += `content-length:${Buffer.byteLength(frame.body)}\n`;
  return `${text}\n${frame.body}\0`;
}

function escaper(version: Version): (text: string) => string {
  return (text) =>
    text
      .replaceAll("\0", " ")
      .replace(/[\\\r\n:]/g, (char) => (char === "\r" && version === "1.1" ? " " : (escapes[char] ?? char)));
}

function flat(text: string): string {
  return text.replace(/[\0\r\n]/g, " ");
}
