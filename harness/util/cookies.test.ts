import { expect, test } from "vitest";
import { cookieHeader, cookiesFor, cookiesIn, withCookies } from "./cookies.ts";

const from = new URL("http://chat.example/account/login");

function sent(lines: readonly string[], to: string): string | undefined {
  const headers = new Headers(lines.map((line): [string, string] => ["set-cookie", line]));
  return cookieHeader(
    cookiesFor(withCookies([], cookiesIn(new Response(null, { headers }), from)), new URL(to)),
  );
}

const root = "http://chat.example/ws";

test.each<[what: string, lines: string[], to: string, header: string | undefined]>([
  ["a cookie for all paths", ["a=1; Path=/; HttpOnly"], root, "a=1"],
  ["no cookie", [], root, undefined],
  ["a cookie without a path, in its folder", ["a=1"], "http://chat.example/account/ws", "a=1"],
  ["a cookie without a path, elsewhere", ["a=1"], root, undefined],
  ["a path that only begins alike", ["a=1; path=/w"], root, undefined],
  ["the longest path first", ["a=1; Path=/", "a=2; Path=/ws"], root, "a=2; a=1"],
  ["a value with signs", ['t="x=y"; Path=/'], root, 't="x=y"'],
  ["an empty value", ["t=; Path=/"], root, "t="],
  ["a line without a name", ["nothing; Path=/", "=1; Path=/"], root, undefined],
  ["the latest of one name", ["a=1; Path=/", "a=2; Path=/"], root, "a=2"],
  ["one that is deleted by its age", ["a=1; Path=/", "a=; Path=/; Max-Age=0"], root, undefined],
  [
    "one that is deleted by a date",
    ["a=1; Path=/", "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    root,
    undefined,
  ],
  [
    "an age comes before a date",
    ["a=1; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    root,
    "a=1",
  ],
  ["another host", ["a=1; Path=/"], "http://other.chat.example/ws", undefined],
  [
    "another host of its domain",
    ["a=1; Path=/; Domain=.chat.example"],
    "http://other.chat.example/ws",
    "a=1",
  ],
  ["a parent domain", ["a=1; Path=/; Domain=example"], "http://b.example/ws", "a=1"],
  ["a foreign domain", ["a=1; Path=/; Domain=other.example"], root, undefined],
  ["a secure cookie over http", ["a=1; Path=/; Secure"], root, undefined],
  ["a secure cookie over https", ["a=1; Path=/; Secure"], "https://chat.example/ws", "a=1"],
])("%s", (_what, lines, to, header) => {
  expect(sent(lines, to)).toBe(header);
});

test("an own machine gets secure cookies without https, as in browsers", () => {
  const headers = { "set-cookie": "a=1; Path=/; Secure" };
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    const url = new URL(`http://${host}:8080/ws`);
    const held = withCookies([], cookiesIn(new Response(null, { headers }), url));
    expect(cookiesFor(held, url), host).toHaveLength(1);
  }
});

test("a client holds as many cookies as browsers do, the latest", () => {
  const lines = Array.from({ length: 500 }, (_, n) => `c${n}=${n}; Path=/`);
  const cookies = sent(lines, root)?.split("; ") ?? [];
  expect(cookies).toHaveLength(50);
  expect(cookies.at(-1)).toBe("c499=499");
  expect(sent([`a=${"x".repeat(10_000)}; Path=/`], root)).toBeUndefined();
});
