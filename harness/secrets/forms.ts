/** Another writing of a text. */
type Encode = (text: string) => string;

const formEncoded: Encode = (text) => new URLSearchParams({ a: text }).toString().slice(2);
const jsonEscaped: Encode = (text) => JSON.stringify(text).slice(1, -1);
const stompEscaped: Encode = (text) =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll(":", "\\c");

/** What a value may be turned into before base64 hides it. */
const escapes: readonly Encode[] = [
  (text) => text,
  encodeURIComponent,
  formEncoded,
  jsonEscaped,
  stompEscaped,
  (text) => jsonEscaped(stompEscaped(text)),
];

const base64: Encode = (text) => Buffer.from(text).toString("base64").replace(/=+$/, "");

/** The characters of a base64 text that a value alone decides, where so many bytes of something else come before it. */
function base64After(before: number, text: string): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const from = Math.ceil((8 * before) / 6);
  return bytes.toString("base64").slice(from, Math.floor((8 * bytes.length) / 6));
}

const urlSafe: Encode = (text) => text.replaceAll("+", "-").replaceAll("/", "_");

/** A value as it is, and as base64 has it, alone or between other bytes. `plainOf` sees through every other writing. */
export function formsOf(value: string): Set<string> {
  // encodeURIComponent throws for half a surrogate pair, which no UTF-8 can carry either.
  const wellFormed = Buffer.from(value).toString();
  const escaped = new Set(escapes.map((escape) => escape(wellFormed)));
  const coded = [...escaped].flatMap((text) => [
    base64(text),
    ...[0, 1, 2].map((before) => base64After(before, text)),
  ]);
  return new Set([value, ...coded, ...coded.map(urlSafe)]);
}
