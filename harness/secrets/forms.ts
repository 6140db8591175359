/** Encodes a text. */
type Encode = (text: string) => string;

const formEncoded: Encode = (text) => new URLSearchParams({ a: text }).toString().slice(2);
const jsonEscaped: Encode = (text) => JSON.stringify(text).slice(1, -1);
const stompEscaped: Encode = (text) =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll(":", "\\c");

/** Encodings that may precede base64. */
const escapes: readonly Encode[] = [
  (text) => text,
  encodeURIComponent,
  formEncoded,
  jsonEscaped,
  stompEscaped,
  (text) => jsonEscaped(stompEscaped(text)),
];

const base64: Encode = (text) => Buffer.from(text).toString("base64").replace(/=+$/, "");

/** Returns the base64 characters that depend on `text` alone if `before` other bytes precede it. */
function base64After(before: number, text: string): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const from = Math.ceil((8 * before) / 6);
  return bytes.toString("base64").slice(from, Math.floor((8 * bytes.length) / 6));
}

const urlSafe: Encode = (text) => text.replaceAll("+", "-").replaceAll("/", "_");

/** Returns a value and its base64 forms, alone or between other bytes. `plainOf` undoes every other encoding. */
export function formsOf(value: string): Set<string> {
  // encodeURIComponent throws for half a surrogate pair. UTF-8 has no bytes for one either.
  const wellFormed = Buffer.from(value).toString();
  const escaped = new Set(escapes.map((escape) => escape(wellFormed)));
  const coded = [...escaped].flatMap((text) => [
    base64(text),
    ...[0, 1, 2].map((before) => base64After(before, text)),
  ]);
  return new Set([value, ...coded, ...coded.map(urlSafe)]);
}
