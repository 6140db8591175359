import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "./flow/core/events.ts";
import { startReferenceServer } from "./server.ts";
import { serve } from "./testing/servers.ts";
import { StompClient, identify, join } from "./testing/stomp-client.ts";

describe("the flow", () => {
  it("announces a join and a leave to the others, and only to them", async () => {
    const url = await serve();
    const bob = await join(url, "bob");
    const alice = await join(url, "alice");
    alice.send("DISCONNECT", { receipt: "bye" });
    await alice.receipt("bye");
    expect(await bob.waitForNotice("leave alice (disconnect)")).toEqual([
      "join alice",
      "leave alice (disconnect)",
    ]);
    expect(alice.notices()).toEqual([]);
    expect(await alice.closed).toMatchObject({ code: 1000 });
  });

  it("gives a session a public ref that is not the transport's session id", async () => {
    const url = await serve();
    const bob = await join(url, "bob");
    const alice = await join(url, "alice", { sessionId: "abcd1234" });
    alice.socket.close();
    await bob.waitForNotice("leave alice (closed)");
    const [joined, left] = bob.messages() as { ref: string }[];
    expect(joined?.ref).toMatch(/^[\da-f-]{36}$/);
    expect(left?.ref).toBe(joined?.ref);
    expect(JSON.stringify(bob.messages())).not.toContain("abcd1234");
  });

  it("answers the roster once", async () => {
    const url = await serve();
    await join(url, "alice");
    const bob = await join(url, "bob");
    bob.send("SUBSCRIBE", { id: "r", destination: "/app/roster" });
    await bob.until(() => bob.messages("/app/roster").length === 1);
    expect(bob.messages("/app/roster")).toEqual([
      [
        { ref: expect.any(String) as string, clientData: "alice" },
        { ref: expect.any(String) as string, clientData: "bob" },
      ],
    ]);
  });

  it("has removed the mapping before the notice", async () => {
    const url = await serve({ probe: true });
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    alice.socket.terminate();
    await bob.waitForNotice("leave alice (lost)");
    const probe = await fetch(url.replace("/connection", "/probe"));
    expect(await probe.json()).toMatchObject({ mappings: 0, sessions: [{ identified: false }] });
  });

  it("lets identify come before SUBSCRIBE, or in one packet with DISCONNECT", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = await StompClient.open(url);
    await alice.connect();
    const body = JSON.stringify({ clientData: "alice" });
    alice.raw(`SEND\ndestination:/ws\n\n${body}\0DISCONNECT\n\n\0`);
    expect(await bob.waitForNotice("leave alice (disconnect)")).toEqual([
      "join alice",
      "leave alice (disconnect)",
    ]);
  });

  it("follows the policy person: joins with the first session, leaves with the last", async () => {
    const url = await serve({ policy: "person" });
    const bob = await join(url, null);
    const sessions = [await join(url, "alice"), await join(url, "alice")];
    for (const session of sessions) {
      session.socket.close();
      await session.closed;
    }
    expect(await bob.waitForNotice("leave alice (closed)")).toEqual(["join alice", "leave alice (closed)"]);
  });
});

describe("many at once", () => {
  it("each lost client is announced once, and its mapping is removed", async () => {
    const url = await serve({ probe: true });
    const bob = await join(url, null);
    const names = Array.from({ length: 100 }, (_, number) => `client ${number}`);
    const clients = await Promise.all(names.map((name) => join(url, name)));
    for (const client of clients) client.socket.terminate();
    await bob.until(() => bob.notices().length === 200);
    expect(bob.notices().slice(0, 100).sort()).toEqual(names.map((name) => `join ${name}`).sort());
    expect(bob.notices().slice(100).sort()).toEqual(names.map((name) => `leave ${name} (lost)`).sort());
    const probe = await fetch(url.replace("/connection", "/probe"));
    expect(await probe.json()).toMatchObject({ mappings: 0, sessions: [{ identified: false }] });
  });
});

describe("causes", () => {
  it.each([
    ["closed", (client: StompClient) => client.socket.close()],
    ["closed", (client: StompClient) => client.socket.close(1001)],
    ["closed", (client: StompClient) => client.socket.close(3000, "why not")],
    ["lost", (client: StompClient) => client.socket.terminate()],
    ["error", (client: StompClient) => client.send("NONSENSE")],
    ["error", (client: StompClient) => client.socket.send(Buffer.alloc(200_000))],
  ])("%s", async (cause, bring) => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    bring(alice);
    expect(await bob.waitForNotice(`leave alice (${cause})`)).toHaveLength(2);
  });

  it("silence: a client that agreed to heartbeats and sends none", async () => {
    const url = await serve({ heartbeatReceiveMs: 100 });
    const bob = await join(url, null);
    const alice = await join(url, null);
    const silent = await StompClient.open(url);
    await silent.connect({ "heart-beat": "100,0" });
    await identify(silent, "silent");
    expect(await bob.waitForNotice("leave silent (silence)")).toEqual([
      "join silent",
      "leave silent (silence)",
    ]);
    expect(await silent.closed).toMatchObject({ code: 1002 });
    expect(alice.socket.readyState).toBe(alice.socket.OPEN);
  });

  it("silence: a WebSocket that answers no ping", async () => {
    const url = await serve({ transportHeartbeatMs: 50 });
    const bob = await join(url, null);
    await join(url, "frozen", { autoPong: false });
    expect(await bob.waitForNotice("leave frozen (silence)")).toHaveLength(2);
  });

  it("lost: a half-closed connection, though the client still reads", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const { port, hostname } = new URL(url);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    const upgrade =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
    socket.write(`GET /connection/websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${upgrade}\r\n\r\n`);
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write(masked("CONNECT\naccept-version:1.2\n\n\0"));
    socket.write(masked('SEND\ndestination:/ws\n\n{"clientData":"half"}\0'));
    await bob.waitForNotice("join half");
    socket.end();
    expect(await bob.waitForNotice("leave half (lost)")).toHaveLength(2);
    socket.destroy();
  });
});

/** A text frame as a client has to send it: masked, here with zeros. */
function masked(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

describe("heartbeats", () => {
  it("are sent to a client that wants them", async () => {
    const url = await serve({ heartbeatSendMs: 40 });
    const alice = await StompClient.open(url);
    const connected = await alice.connect({ "heart-beat": "0,40" });
    expect(connected.headers["heart-beat"]).toBe("40,1000");
    await alice.until(() => alice.heartbeats >= 3);
  });

  it("keep an idle session alive", async () => {
    const url = await serve({ heartbeatReceiveMs: 150, silenceFactor: 3, heartbeatSendMs: 40 });
    const alice = await StompClient.open(url);
    await alice.connect({ "heart-beat": "150,40" });
    const openedAtMs = performance.now();
    while (performance.now() < openedAtMs + 500) {
      const before = alice.heartbeats;
      await alice.until(() => alice.heartbeats > before);
      alice.raw("\n");
    }
    expect(alice.frames.map(({ command }) => command)).toEqual(["CONNECTED"]);
    expect(alice.socket.readyState).toBe(alice.socket.OPEN);
  });
});

describe("native WebSocket", () => {
  it.each([
    [["v12.stomp"], "v12.stomp"],
    [["v10.stomp", "v11.stomp", "v12.stomp"], "v12.stomp"],
    [["chat", "v11.stomp"], "v11.stomp"],
    [[], ""],
  ])("offered %j agrees on %j", async (subprotocols, agreed) => {
    const client = await StompClient.open(await serve(), { subprotocols });
    expect(client.socket.protocol).toBe(agreed);
    await client.connect();
  });
});

describe("the log", () => {
  it("has the events of a session under Spring's names", async () => {
    const records: LogRecord[] = [];
    const url = await serve({ log: (record) => void records.push(record) });
    const bob = await join(url, null);
    records.length = 0;
    const alice = await join(url, "alice", { sessionId: "abcd1234" });
    alice.send("UNSUBSCRIBE", { id: "news" });
    alice.send("DISCONNECT");
    await bob.waitForNotice("leave alice (disconnect)");
    expect(records.map(({ name }) => name)).toEqual([
      "session-connect",
      "session-connected",
      "session-subscribe",
      "session-identified",
      "session-unsubscribe",
      "session-disconnect",
    ]);
    const [first] = records;
    expect(first).toMatchObject({ transport: "websocket", transportSessionId: "abcd1234" });
    expect(new Date(first?.at ?? "").toISOString()).toBe(first?.at);
    expect(new Set(records.map(({ session }) => session)).size).toBe(1);
  });
});

describe("interceptors", () => {
  it("see every frame, and may change or refuse it", async () => {
    const seen: string[] = [];
    const url = await serve({
      interceptors: [
        (frame, session) => {
          seen.push(`${session.phase} ${frame.command}`);
          if (frame.body.includes("mallory")) return { message: "not you", closeCode: 1008 };
          return { ...frame, body: frame.body.replace("alice", "Alice") };
        },
      ],
    });
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    expect(await bob.waitForNotice("join Alice")).toEqual(["join Alice"]);
    alice.send("SEND", { destination: "/ws" }, '{"clientData":"mallory"}');
    expect((await alice.command("ERROR")).headers["message"]).toBe("not you");
    expect(await alice.closed).toEqual({ code: 1008, reason: "not you" });
    expect(seen.slice(2)).toEqual([
      "opened CONNECT",
      "connected SUBSCRIBE",
      "connected SEND",
      "connected SEND",
    ]);
  });
});

describe("virtual hosts", () => {
  it("must be named in CONNECT if configured", async () => {
    const url = await serve({ virtualHosts: ["chat.example"] });
    const alice = await StompClient.open(url);
    await alice.connect({ host: "chat.example" });
    const bob = await StompClient.open(url);
    bob.send("CONNECT", { "accept-version": "1.2", host: "elsewhere" });
    expect((await bob.command("ERROR")).headers["message"]).toBe("host must be one of chat.example");
  });
});

describe("stop", () => {
  it("closes every session with 1001, and removes the mappings", async () => {
    const server = await startReferenceServer({ lingerMs: 100 });
    const alice = await join(server.url, "alice");
    const bob = await join(server.url, "bob", { sessionId: "abcd1234" });
    await server.stop();
    expect(await alice.closed).toEqual({ code: 1001, reason: "the server stops" });
    expect(await bob.closed).toEqual({ code: 1001, reason: "the server stops" });
    await expect(StompClient.open(server.url)).rejects.toThrow("ECONNREFUSED");
  });

  it("does not wait for clients that stay open, nor for refused upgrades", async () => {
    const server = await startReferenceServer({ lingerMs: 50 });
    const { port } = new URL(server.url);
    const alice = await join(server.url, "alice");
    alice.socket.pause();
    const idle = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
    const refused = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
    refused.write("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    await new Promise((resolve) => refused.once("data", resolve));
    await server.stop();
    for (const socket of [idle, refused]) socket.destroy();
    alice.socket.terminate();
  });
});

describe("start", () => {
  it("rejects a taken port, and an option out of range", async () => {
    const url = await serve();
    await expect(serve({ port: Number(new URL(url).port) })).rejects.toThrow("EADDRINUSE");
    await expect(serve({ lingerMs: -1 })).rejects.toThrow(
      "lingerMs must be a number from 10 to 86400000, not -1",
    );
  });
});
