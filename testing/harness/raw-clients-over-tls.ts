/** Connects a raw client on each transport to a server with TLS, and closes it. Sends the events to the parent process. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createServer as createSockJs } from "sockjs";
import type { ClientEvent } from "../../harness/clients/protocol.ts";
import { startRawClient } from "../../harness/clients/raw-driver.ts";
import { transportsOf } from "../../harness/profile/transports.ts";
import { bareConnect } from "./bare-connect.ts";

const pem = (name: string) => readFileSync(new URL(`tls/${name}.pem`, import.meta.url));
const server = createServer({ key: pem("key"), cert: pem("cert") });
const sockJs = createSockJs({ prefix: "/connection", log: () => undefined });
sockJs.on("connection", (connection) => void connection.write("CONNECTED\nversion:1.2\n\n\0"));
sockJs.installHandlers(server);
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

function speak(transport: string): Promise<ClientEvent[]> {
  const native = transport === "native";
  return new Promise((resolve) => {
    const events: ClientEvent[] = [];
    const driver = startRawClient(port, {}, (event) => {
      events.push(event);
      if (event.kind === "connected") void driver.do({ do: "close" });
      if (event.kind === "closed") resolve(events);
    });
    const url = native ? "wss://chat.example/connection/websocket" : "https://chat.example/connection";
    void driver.do(bareConnect(url, transport));
  });
}

for (const transport of transportsOf("raw")) process.send?.({ transport, events: await speak(transport) });
process.exit();
