/** Another writing of a text, in which a target or a library may give it back. */
type Encode = (text: string) => string;

const jsonEscaped: Encode = (text) => JSON.stringify(text).slice(1, -1);

const unicodeEscaped = (text: string, characters: RegExp) =>
  text.replace(characters, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

const formEncoded: Encode = (text) => new URLSearchParams({ a: text }).toString().slice(2);

function inUserInfo(text: string): string {
  const url = new URL("http://host");
  url.password = text;
  return url.password;
}

const lowerCaseEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());

const htmlEntities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const htmlEscaped: Encode = (text) => text.replace(/[&<>"]/g, (one) => htmlEntities[one] ?? one);

const base64: Encode = (text) => Buffer.from(text).toString("base64").replace(/=+$/, "");

/** The characters of a base64 text that a value alone decides, where `before` bytes of something else come first. */
const base64After =
  (before: number): Encode =>
  (text) => {
    const bytes = Buffer.from(text);
    const bits = 8 * (before + bytes.length);
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return encoded.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
  };

const urlSafe = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_");

/** By name, the writings in which a value is looked for. Two that are alike are one. */
const encodings: Readonly<Record<string, Encode>> = {
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (text) => lowerCaseEscapes(encodeURIComponent(text)),
  "form-encoded": formEncoded,
  "form-encoded in lower case": (text) => lowerCaseEscapes(formEncoded(text)),
  "percent-encoded as in an address": encodeURI,
  "percent-encoded as in user info": inUserInfo,
  "JSON-escaped": jsonEscaped,
  "JSON-escaped twice": (text) => jsonEscaped(jsonEscaped(text)),
  "JSON-escaped with \\/": (text) => jsonEscaped(text).replaceAll("/", "\\/"),
  "JSON-escaped to ASCII": (text) => unicodeEscaped(jsonEscaped(text), /[\u007f-\uffff]/g),
  "JSON-escaped for HTML": (text) => unicodeEscaped(jsonEscaped(text), /[<>&='\u2028\u2029]/g),
  "STOMP-escaped": (text) =>
    text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll(":", "\\c"),
  "HTML-escaped": htmlEscaped,
  "HTML-escaped with '": (text) => htmlEscaped(text).replaceAll("'", "&#39;"),
  base64,
  "base64 before more": base64After(0),
  "base64 after 1 byte": base64After(1),
  "base64 after 2 bytes": base64After(2),
  base64url: (text) => urlSafe(base64(text)),
  "base64url before more": (text) => urlSafe(base64After(0)(text)),
  "base64url after 1 byte": (text) => urlSafe(base64After(1)(text)),
  "base64url after 2 bytes": (text) => urlSafe(base64After(2)(text)),
};

/** Every writing of a value and its name; "" names the value as it is. */
export function formsOf(value: string): Map<string, string> {
  const forms = new Map([[value, ""]]);
  // encodeURIComponent throws for half a surrogate pair, which no UTF-8 can carry either.
  const wellFormed = Buffer.from(value).toString();
  for (const [name, encode] of Object.entries(encodings)) {
    const form = encode(wellFormed);
    if (!forms.has(form)) forms.set(form, name);
  }
  return forms;
}
