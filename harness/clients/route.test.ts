import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { expect, onTestFinished, test } from "vitest";
import { Proxy } from "../network/proxy.ts";
import { createNodeClient } from "./node-client.js";
import { bareConnect } from "../../testing/harness/bare-connect.ts";
import { throughProxy } from "./route.js";

const tls = (name: string) => readFileSync(new URL(`../../testing/harness/tls/${name}.pem`, import.meta.url));

/** A proxy to a server, and an address that only the proxy can lead there: the name is nobody's. */
async function proxied(
  server: Server,
  scheme = "http",
): Promise<{ proxy: Proxy; url: string; host: string }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const proxy = await Proxy.listen({ host: "127.0.0.1", port: address.port }, () => performance.now());
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  const host = `chat.example:${address.port}`;
  return { proxy, host, url: `${scheme}://${host}/app/connection?token=1` };
}

test.each([
  ["websocket", "websocket"],
  ["xhr-streaming", "xhr_streaming"],
  ["xhr-polling", "xhr"],
])("on %s the target sees its own Host and path, on every request", async (transport, last) => {
  const seen: [string | undefined, string][] = [];
  let arrived: () => void;
  const done = new Promise<void>((resolve) => (arrived = resolve));
  const note = (host: string | undefined, url: string) => {
    seen.push([host, url]);
    if (url.includes(`/${last}`)) arrived();
  };
  const answer: RequestListener = (request, response) => {
    note(request.headers.host, request.url ?? "");
    const info = request.url?.includes("/info") === true;
    response.end(
      info ? JSON.stringify({ websocket: true, origins: ["*:*"], cookie_needed: false, entropy: 1 }) : "o\n",
    );
  };
  const server = createServer(answer);
  server.on("upgrade", (request, socket) => {
    note(request.headers.host, request.url ?? "");
    socket.destroy();
  });
  const { proxy, url, host } = await proxied(server);
  const act = createNodeClient(() => undefined, proxy.port);
  act(bareConnect(url, transport));
  await done;
  act({ do: "close" });
  expect(seen.length).toBeGreaterThan(1);
  for (const [name, path] of seen) {
    expect(name).toBe(host);
    expect(path).toMatch(/^\/app\/connection\/.*token=1/);
  }
});

test("a WebSocket of its own goes the same way", async () => {
  const server = createServer();
  const { proxy, url, host } = await proxied(server);
  const upgraded = once(server, "upgrade") as Promise<
    [{ headers: { host: string } }, { destroy: () => void }]
  >;
  createNodeClient(() => undefined, proxy.port)(bareConnect(url.replace("http", "ws"), "native"));
  const [request, socket] = await upgraded;
  socket.destroy();
  expect(request.headers.host).toBe(host);
});

test("TLS is passed through unopened, with the target's own server name", async () => {
  let named: (name: string) => void;
  const asked = new Promise<string>((resolve) => (named = resolve));
  const server = createTlsServer({
    key: tls("key"),
    cert: tls("cert"),
    SNICallback: (name, decide) => {
      named(name);
      decide(null);
    },
  });
  const { proxy, url } = await proxied(server, "https");
  createNodeClient(() => undefined, proxy.port)(bareConnect(url, "websocket"));
  expect(await asked).toBe("chat.example");
});

test("nothing outside the client's own calls is turned", async () => {
  const server = createServer((_request, response) => response.end("straight"));
  const { host } = await proxied(server);
  const straight = `http://127.0.0.1:${host.split(":")[1] ?? ""}`;
  throughProxy({ port: 1, headers: {} }, () => undefined);
  expect(await (await fetch(straight)).text()).toBe("straight");
});
