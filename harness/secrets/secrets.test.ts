import fc from "fast-check";
import { expect, test } from "vitest";
import { recognizableFrom, Secrets } from "./secrets.ts";

const knowing = (...values: readonly string[]): Secrets => {
  const secrets = new Secrets();
  for (const value of values) secrets.learn(value);
  return secrets;
};

/** A value that no mask and no common word holds by chance. */
const secret = fc
  .array(fc.constantFrom(...Array.from("XYZ09_-+/=:;\"'\\<&% é\n")), { minLength: 8, maxLength: 40 })
  .map((characters) => `Q${characters.join("")}Q`);
const filler = fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[QXYZ]/g, "."));

/** What servers and libraries do to a text that they put into another. */
const escapes: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replace(/%../g, (one) => one.toLowerCase()),
  encodeURI,
  (text) => new URLSearchParams({ a: text }).toString().slice(2),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]|[<>&='+]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  (text) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll(":", "\\c"),
  (text) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("'", "&#39;"),
];

test("no secret is left in a text, wherever it stands and however often it was escaped", () => {
  const escaped = fc.tuple(secret, fc.array(fc.constantFrom(...escapes), { maxLength: 3 }), filler);
  fc.assert(
    fc.property(fc.array(escaped, { minLength: 1, maxLength: 4 }), filler, (pieces, end) => {
      const secrets = knowing(...pieces.map(([value]) => value));
      const text = pieces.map(([value, how, before]) => {
        return `${before} ${how.reduce((inner, escape) => escape(inner), value)} `;
      });
      const masked = secrets.mask(text.join("") + end);
      // Each begins and ends with a Q, which nothing else does.
      expect(masked).not.toContain("Q");
      expect(masked.match(/\[masked /g)).toHaveLength(pieces.length);
    }),
  );
});

test("a value is found in the middle of any base64 text", () => {
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (value, before, after) => {
      const encoded = Buffer.from(before + value + after).toString("base64");
      expect(knowing(value).mask(encoded)).toMatch(/^.{0,8}\[masked 1\.2\].{0,10}$/s);
    }),
  );
});

test("a text without secrets stays as it is, and a masked one stays masked", () => {
  fc.assert(
    fc.property(secret, filler, filler, (value, before, after) => {
      const secrets = knowing(value);
      expect(secrets.mask(before + after)).toBe(before + after);
      const masked = secrets.mask(before + value + after);
      expect(secrets.mask(masked)).toBe(masked);
      expect(knowing("masked", "[masked 1]").mask(masked)).toBe(masked);
    }),
  );
});

test("names that differ still differ", () => {
  fc.assert(
    fc.property(fc.uniqueArray(secret, { minLength: 2, maxLength: 5 }), (values) => {
      const secrets = knowing(...values);
      const names = values.flatMap((value) => [value, `user-${value}`, `${value}1`, value.slice(0, -1)]);
      expect(new Set(names.map((name) => secrets.mask(name))).size).toBe(new Set(names).size);
    }),
  );
});

test("a secret that is cut off by the end of a text or by an ellipsis is masked", () => {
  const secrets = knowing("eyJhbGciOiJIUzI1NiJ9.payload");
  expect(secrets.mask("bad token eyJhbGciOi")).toBe("bad token [masked 1.2]");
  expect(secrets.mask("bad token eyJhbGciOi…, said the server")).toBe(
    "bad token [masked 1.2]…, said the server",
  );
  expect(secrets.mask("eyJhbGciOi is no token")).toBe("eyJhbGciOi is no token");
});

test.each([
  ["Bearer abcdef123", ["abcdef123"], ["Bearer"]],
  [
    `Basic ${Buffer.from("worker:open sesame").toString("base64")}`,
    ["open sesame", "worker:open sesame"],
    [],
  ],
  ["SESSION=0123456789; theme=darkest", ["0123456789", "darkest"], ["SESSION"]],
  ['{"user":"worker","pin":123456}', ["worker", "123456"], []],
  ["a%20secret%20b", ["a secret b"], []],
])("of %s the credentials are secrets, too", (value, hidden, shown) => {
  const secrets = knowing(value);
  for (const text of hidden) expect(secrets.mask(`<${text}>`)).toMatch(/^<\[masked [\d.]+\]>$/);
  for (const text of shown) expect(secrets.mask(`${text}: x`)).toBe(`${text}: x`);
});

test("values that occur by chance are no secrets: short ones, common words, parts of public texts", () => {
  const secrets = knowing("1", "true", "1.2", "guest", "application/json", "chat.example");
  secrets.publish("chat.example:8080/connection");
  secrets.learn("connection");
  const text = "1 true 1.2 guest application/json http://chat.example:8080/connection";
  expect(secrets.mask(text)).toBe(text);
  expect("x".repeat(recognizableFrom)).not.toBe(secrets.mask("x".repeat(recognizableFrom - 1)));
});

test("of an address user info and query are secrets, also where it is none", () => {
  for (const address of [
    "http://worker:p%40ssword@h/ws?token=abc+def%21&bare-token",
    "//worker:p%40ssword@/?t=abc def!&bare-token",
  ]) {
    const secrets = new Secrets();
    secrets.learnAddress(address);
    for (const text of ["worker", "p@ssword", "abc def!", "bare-token"])
      expect(secrets.mask(`(${text})`)).toMatch(/^\(\[masked [\d.]+\]\)$/);
  }
});
