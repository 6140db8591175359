import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { bareConnect } from "../../testing/harness/bare-connect.ts";
import type { ClientCommand } from "./protocol.ts";
import { startNodeClient } from "./node-driver.ts";
import { startRawClient } from "./raw-driver.ts";

/** Returns the extensions that a client offers in its handshake, as a target reads them. */
async function offered(
  start: (port: number) => { do: (command: ClientCommand) => Promise<void>; dispose: () => Promise<void> },
  transport: string,
  compression: boolean,
): Promise<string | undefined> {
  const server = createServer((_request, response) =>
    response.end(JSON.stringify({ websocket: true, origins: ["*:*"], cookie_needed: false, entropy: 1 })),
  );
  const upgraded = new Promise<string | undefined>((resolve) =>
    server.on("upgrade", ({ headers }, socket) => {
      socket.destroy();
      resolve(headers["sec-websocket-extensions"]);
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const driver = start(port);
  onTestFinished(async () => {
    await driver.dispose();
    server.close();
  });
  const scheme = transport === "native" ? "ws" : "http";
  const connect = bareConnect(`${scheme}://127.0.0.1:${port}/ws`, transport);
  await driver.do(connect.do === "connect" ? { ...connect, compression } : connect);
  return upgraded;
}

const nothing = () => undefined;
const starts = {
  harness: (port: number) => startNodeClient(port, nothing),
  raw: (port: number) => startRawClient(port, {}, nothing),
} as const;

test.each([
  ["harness", "native"],
  ["harness", "websocket"],
  ["raw", "native"],
  ["raw", "websocket"],
] as const)("by %s on %s no extension is offered, so nothing waits to be inflated", async (by, transport) => {
  expect(await offered(starts[by], transport, false)).toBeUndefined();
});

test("a case that asks for compression offers it as browsers do", async () => {
  expect(await offered(starts.harness, "native", true)).toBe("permessage-deflate; client_max_window_bits");
});
