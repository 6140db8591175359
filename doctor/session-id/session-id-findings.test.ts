import { expect, test } from "vitest";
import { sockJsTransports } from "../../harness/profile/transports.ts";
import { openSockets } from "./page-sockets.ts";
import { sessionIdFindings, soundExpression } from "./session-id-findings.ts";
import { evaluateOn } from "./sandbox.ts";

const endpoint = new URL("http://localhost:8080/connection");
const findingsOf = (expression: string, target = endpoint) => sessionIdFindings(expression, target, false);

test.for([
  "http://localhost:8080/connection",
  "https://chat.example/a/websocket",
  "ws://h:1/",
  "http://h:1/x/",
])("the suggested expression gives the session id on every transport of %s", async (url) => {
  const [found] = await findingsOf(soundExpression, new URL(url));
  expect(found).toMatchObject({ level: "good" });
  for (const transport of sockJsTransports) expect(found?.says).toContain(transport);
});

test("the addresses are those of sockjs-client", () => {
  const own = openSockets(endpoint).filter(({ isOwn }) => isOwn);
  const at = (name: string) => own.find(({ transport }) => transport === name)?.socket._transport;
  const session = "localhost:8080/connection/039/ab3dw0rd";
  expect(at("websocket")).toMatchObject({ url: `ws://${session}/websocket` });
  expect(at("xhr-streaming")).toMatchObject({ url: `http://${session}` });
  expect(at("iframe-eventsource")).toEqual({
    transportName: "iframe-eventsource",
    transUrl: `http://${session}`,
  });
});

test("an expression for WebSockets gives nothing elsewhere", async () => {
  const [found, early] = await findingsOf(String.raw`/\/([^\/]+)\/websocket/.exec(socket._transport.url)[1]`);
  expect(found).toMatchObject({ level: "problem" });
  expect(found?.says).toContain("gives the session id on websocket only");
  expect(found?.says).toMatch(/On xhr-streaming, .* it gives an error/);
  expect(found?.says).toContain("On iframe-eventsource");
  expect(found?.mend).toContain(soundExpression);
  expect(early).toMatchObject({ level: "note" });
});

test("an expression that counts slashes fails below a context path", async () => {
  const [found] = await findingsOf('socket._transport.url.split("/")[5]');
  expect(found).toMatchObject({ level: "note" });
  expect(found?.says).toContain("jsonp-polling only. On iframe-eventsource");
  const whole = '(socket._transport.url ?? socket._transport.transUrl).split("/")[5]';
  const [right, elsewhere] = await findingsOf(whole);
  expect(right).toMatchObject({ level: "good" });
  expect(elsewhere).toMatchObject({ level: "note" });
  expect(elsewhere?.says).toContain("localhost:8080/app/v1/connection/039/ab3dw0rd");
  const [below] = await findingsOf(whole, new URL("http://localhost:8080/app/connection"));
  expect(below).toMatchObject({ level: "problem" });
});

test("the target's own query counts, and is not shown", async () => {
  const [found] = await findingsOf(
    'socket._transport.url.replace("/websocket", "").split("/").pop()',
    new URL("http://localhost/ws?token=secret"),
  );
  expect(found).toMatchObject({ level: "problem" });
  expect(JSON.stringify(found)).not.toContain("secret");
});

test("a name that only the page knows is named", async () => {
  const [found] = await findingsOf("chat.sock._transport.url");
  expect(found?.mend).toContain("in place of `chat`");
});

test("the stomp client's socket is known, too", async () => {
  const [found] = await findingsOf(soundExpression.replaceAll("socket", "stompClient.ws"));
  expect(found).toMatchObject({ level: "problem" });
  const [sound] = await findingsOf(soundExpression.replaceAll("socket._", "stompClient.ws._"));
  expect(sound).toMatchObject({ level: "good" });
});

test("a WebSocket without SockJS has no session id in its address", async () => {
  expect(await sessionIdFindings("socket.url", endpoint, true)).toMatchObject([{ level: "note" }]);
});

test.for<[string, string]>([
  ["an endless loop", "(() => { for (;;); })()"],
  ["an endless chain of promises", "(function again() { Promise.resolve().then(again); return 1; })()"],
  ["too much memory", "(() => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); })()"],
  ["Node's process", "process.exit(1)"],
  ["Node's process by a constructor", 'socket.constructor.constructor("return process")().exit(1)'],
  ["Node's process by the global object", 'globalThis.constructor.constructor("return process")().exit(1)'],
  ["a module", 'import("node:fs")'],
  ["a syntax error", "socket._transport.url.("],
  ["two expressions", "1); throw 2; (3"],
  ["an error that can't be shown", "(() => { throw { toString() { throw 1; } }; })()"],
  ["a value that is no text", "({ toString() { return 'ab3dw0rd'; } })"],
])("%s ends as no session id, and harms nothing", { timeout: 20_000 }, async ([, expression]) => {
  const [result] = await evaluateOn(
    expression,
    openSockets(endpoint)
      .slice(0, 1)
      .map(({ socket }) => socket),
  );
  expect(result?.kind).not.toBe("text");
});
