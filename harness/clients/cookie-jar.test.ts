import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { CookieJar } from "./cookie-jar.ts";
import { setCookiesIn } from "./raw/codec/http-message.ts";

test("a jar sends cookies to their own paths only", async () => {
  const jar = new CookieJar();
  jar.take(["JSESSIONID=a; Path=/; HttpOnly", "own=b; path=/ws/000/x", "here=c"], "/ws/000/y/websocket");
  expect(await jar.cookiesFor("/ws")).toEqual({ JSESSIONID: "a" });
  expect(await jar.cookiesFor("/ws/000/x/xhr")).toEqual({ JSESSIONID: "a", own: "b" });
  expect(await jar.cookiesFor("/ws/000/xy")).toEqual({ JSESSIONID: "a" });
  expect(await jar.cookiesFor("/ws/000/y/xhr")).toEqual({ JSESSIONID: "a", here: "c" });
});

test("a later cookie replaces an earlier one, an expired one removes it, and a given one stays", async () => {
  const jar = new CookieJar();
  jar.give({ sid: "first" });
  jar.give({ sid: "second", other: "o" });
  expect(await jar.cookiesFor("/")).toEqual({ sid: "first", other: "o" });
  jar.take(["sid=third; Path=/"], "/");
  expect(await jar.cookiesFor("/")).toEqual({ sid: "third", other: "o" });
  jar.take(["sid=; Path=/; Max-Age=0", "other=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "/");
  expect(await jar.cookiesFor("/")).toEqual({});
});

test("Set-Cookie headers joined by commas are taken apart, also with a date", () => {
  const joined = "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/, b=2; Path=/";
  expect(setCookiesIn({ status: 101, reason: "", headers: { "set-cookie": joined } })).toEqual([
    "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/",
    "b=2; Path=/",
  ]);
  expect(setCookiesIn({ status: 101, reason: "", headers: {} })).toEqual([]);
});

test("a jar is opened once, by the requests of a page, with the cookies that it has", async () => {
  const seen: string[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    seen.push(`${url} ${headers.cookie ?? "none"}`);
    response.writeHead(url === "/" ? 302 : 200, url === "/" ? { "Set-Cookie": "sid=s; Path=/" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const jar = new CookieJar();
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ws/`);
  await Promise.all([jar.open(endpoint, {}), jar.open(endpoint, {})]);
  expect(seen).toEqual(["/ none", "/ws/info sid=s"]);
  jar.follow(() => Promise.reject(new Error("the browser is closed")));
  jar.follow(() => Promise.resolve([{ name: "tab", value: "t", path: "/" }]));
  expect(await jar.cookiesFor("/ws/")).toEqual({ sid: "s", tab: "t" });
});
