import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Cookie } from "../util/cookies.ts";
import { CookieJar } from "./cookie-jar.ts";
import { setCookiesIn } from "./raw/codec/http-message.ts";

const at = (path: string) => new URL(path, "http://chat.test");
const cookie = (name: string, value: string): Cookie => ({
  ...{ name, value, domain: "chat.test", hostOnly: true, path: "/" },
  ...{ secure: false, httpOnly: false, sameSite: undefined },
});
const pairs = async (jar: CookieJar, path: string, to = at(path)) =>
  Object.fromEntries((await jar.cookiesFor(to)).map(({ name, value }) => [name, value]));

test("a jar sends cookies to their own paths only", async () => {
  const jar = new CookieJar();
  jar.take(["JSESSIONID=a; Path=/; HttpOnly", "own=b; path=/ws/000/x", "here=c"], at("/ws/000/y/websocket"));
  expect(await pairs(jar, "/ws")).toEqual({ JSESSIONID: "a" });
  expect(await pairs(jar, "/ws/000/x/xhr")).toEqual({ JSESSIONID: "a", own: "b" });
  expect(await pairs(jar, "/ws/000/xy")).toEqual({ JSESSIONID: "a" });
  expect(await pairs(jar, "/ws/000/y/xhr")).toEqual({ JSESSIONID: "a", here: "c" });
});

test("a later cookie replaces an earlier one, an expired one removes it, and a given one stays", async () => {
  const jar = new CookieJar();
  jar.give([cookie("sid", "first")]);
  jar.give([cookie("sid", "second"), cookie("other", "o")]);
  expect(await pairs(jar, "/")).toEqual({ sid: "first", other: "o" });
  jar.take(["sid=third; Path=/"], at("/"));
  expect(await pairs(jar, "/")).toEqual({ sid: "third", other: "o" });
  jar.take(["sid=; Path=/; Max-Age=0", "other=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], at("/"));
  expect(await pairs(jar, "/")).toEqual({});
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
  jar.follow(() => Promise.resolve([{ ...cookie("tab", "t"), domain: endpoint.hostname }]));
  expect(await pairs(jar, "", endpoint)).toEqual({ sid: "s", tab: "t" });
});
