import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closePayload, opcodes } from "../../harness/clients/raw/codec/websocket-frame.ts";
import type { History } from "../../harness/history/history.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import { startReferenceServer, type ReferenceServer } from "../../reference-server/server.ts";
import { openStage } from "../harness/open-stage.ts";

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer({ store: ":memory:" });
});
afterAll(() => server.stop());

const limitMs = 5_000;
const connectFrame = "CONNECT\naccept-version:1.2\nhost:127.0.0.1\n\n\0";

/** Waits until an actor's transport closes, and returns its code and reason. */
async function closeOf(history: History, actor = "alice"): Promise<[number | null, string]> {
  const last = () => ofKind(history.events, "closed").find((event) => event.actor === actor);
  await history.until(() => last() !== undefined, limitMs);
  return [last()?.code ?? null, last()?.reason ?? "it did not close"];
}

const seen = (history: History, kind: "opened" | "connected" | "stomp-error" | "notice", actor = "alice") =>
  history.until((events) => events.some((event) => event.kind === kind && event.actor === actor), limitMs);

describe("byte by byte", () => {
  test.for(["websocket", "native", "xhr-streaming", "xhr-polling", "eventsource"])(
    "the handshake of %s",
    async (transport) => {
      const { stage, history } = openStage(server.url);
      const alice = await stage.connect("alice", { by: "raw", transport, raw: { until: "line" } });
      await alice.raw.write(alice.raw.handshake, { everyMs: 0 });
      expect(await seen(history, "opened")).toBe(true);
    },
  );

  test.for(["websocket", "native", "xhr-polling"])("CONNECT on %s", async (transport) => {
    const { stage, history } = openStage(server.url);
    const alice = await stage.connect("alice", { by: "raw", transport, raw: { until: "opened" } });
    await alice.raw.stomp(connectFrame, { everyMs: 0 });
    expect(await seen(history, "connected")).toBe(true);
  });
});

test("STOMP frames are sent unchanged, also before CONNECT", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", raw: { until: "opened" } });
  await alice.raw.stomp("SEND\ndestination:/ws\n\n{}\0");
  expect(await seen(history, "stomp-error")).toBe(true);
});

test.for([
  ["not masked", { masked: false, payload: "x" }],
  ["with reserved bits", { reserved: 4, payload: "x" }],
  ["with an unknown opcode", { opcode: 3 }],
  ["a continuation of nothing", { opcode: opcodes.continuation }],
  ["a fragmented ping", { opcode: opcodes.ping, fin: false }],
  ["a close with a code that must not be sent", { opcode: opcodes.close, payload: closePayload(1006) }],
  ["with a control frame's length that lies", { opcode: opcodes.ping, claimedLength: 126 }],
] as const)("a WebSocket frame is sent unchanged, %s", async ([, frame]) => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", transport: "native" });
  await alice.raw.frame(frame);
  expect((await closeOf(history))[0]).toBe(1002);
});

test("SockJS messages are sent unchanged", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", transport: "websocket" });
  const bob = await stage.connect("bob", { by: "raw", transport: "xhr-streaming" });
  await alice.raw.message('["broken');
  expect((await closeOf(history))[0]).toBe(1002);
  await bob.raw.message('["broken');
  expect(await closeOf(history, "bob")).toEqual([500, "HTTP 500 Internal Server Error to xhr_send"]);
});

test("a close code reaches the target, and its answer is recorded", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw" });
  await alice.raw.frame({ opcode: opcodes.close, payload: closePayload(4999, "why") });
  expect((await closeOf(history))[0]).toBe(4999);
});

describe("a second connection on the same session", () => {
  test("by the same client", async () => {
    const { stage, history } = openStage(server.url);
    const alice = await stage.connect("alice", { by: "raw", transport: "xhr-streaming" });
    expect(await alice.raw.second()).toBe("closed 2010 Another connection still open");
    expect(ofKind(history.events, "message").map(({ body }) => body)).toEqual([
      "closed 2010 Another connection still open",
    ]);
    expect(ofKind(history.events, "closed")).toEqual([]);
  });

  test("by a client of another origin that knows its id", async () => {
    const { stage } = openStage(server.url);
    const alice = await stage.connect("alice", { transport: "xhr-streaming" });
    const raw = { sessionId: alice.session.id ?? "", headers: { Origin: "http://evil.example" } };
    await expect(stage.connect("mallory", { by: "raw", transport: "xhr-polling", raw })).rejects.toThrow(
      "mallory got no CONNECTED: closed with 403 HTTP 403 Forbidden to xhr",
    );
  });
});

test("a refused handshake is recorded with its status", async () => {
  const { stage } = openStage(`${server.url}/nowhere`);
  await expect(stage.connect("alice", { by: "raw", transport: "native" })).rejects.toThrow(
    "closed with 404 HTTP 404 Not Found",
  );
});

test("messages pile up while the client does not read", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.join("alice", { by: "raw" });
  const carol = await stage.join("carol");
  expect(await seen(history, "notice")).toBe(true);
  alice.raw.stopReading();
  await stage.identify(carol, "carol again");
  await stage.connect("bob");
  expect(ofKind(history.events, "notice").filter(({ actor }) => actor === "alice")).toHaveLength(1);
  alice.raw.resumeReading();
  const heard = await history.until(
    (events) => ofKind(events, "notice").filter(({ actor }) => actor === "alice").length > 1,
    limitMs,
  );
  expect(heard).toBe(true);
});

test("heartbeats are sent once they are negotiated", async () => {
  const { stage } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", heartbeats: true });
  expect(alice.session.clientHeartbeatMs).toBe(1_000);
  expect(await alice.proxy.passages("to-target", 2, limitMs)).toHaveLength(2);
});

test("an action that a transport can't do is refused, with the transports that can", async () => {
  const { stage } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", transport: "xhr-streaming" });
  const bob = await stage.connect("bob", { by: "raw" });
  const carol = await stage.connect("carol");
  await expect(alice.raw.frame({})).rejects.toThrow("no WebSocket frames; join on websocket or native");
  await expect(alice.raw.stopPolling()).rejects.toThrow("join on xhr-polling");
  await expect(bob.raw.stopPolling()).rejects.toThrow("join on xhr-polling");
  expect(() => bob.raw.abort()).toThrow("join on an HTTP transport");
  expect(() => carol.raw).toThrow('carol is no raw client; join it by: "raw"');
});
