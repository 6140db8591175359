import { connect } from "node:net";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { serve } from "./testing/servers.ts";
import { StompClient, identify, join } from "./testing/stomp-client.ts";
import { XhrClient, reply } from "./testing/xhr-client.ts";

/**
 * Each case happens while a bystander listens. Afterwards somebody else comes and goes: the bystander must have heard of
 * these and of nothing else, which also shows that it was still listening.
 */
async function withBystander(
  url: string,
  disturb: () => Promise<void>,
  expected: readonly string[] = [],
): Promise<void> {
  const bystander = await join(url, "bystander");
  await disturb();
  const sentinel = await join(url, "sentinel");
  sentinel.socket.terminate();
  await bystander.waitForNotice("leave sentinel (lost)");
  expect(bystander.notices()).toEqual([...expected, "join sentinel", "leave sentinel (lost)"]);
}

async function refused(client: StompClient, problem: RegExp | string, code: number): Promise<void> {
  expect((await client.command("ERROR")).headers["message"]).toMatch(problem);
  expect((await client.closed).code).toBe(code);
}

describe("a malformed identify", () => {
  it.each([
    "",
    "{",
    "null",
    "[]",
    "42",
    "{}",
    '{"clientData":null}',
    '{"clientData":7}',
    '{"clientData":[]}',
    '{"clientData":""}',
    '{"sessionId":1,"clientData":"x"}',
    '{"clientData":"x","__proto__":{"a":1}}',
    '{"__proto__":{"clientData":"x"}}',
    JSON.stringify({ clientData: "x".repeat(10_000) }),
  ])("leaves no mapping, and a later one works (%#)", async (body) => {
    const url = await serve({ probe: true });
    await withBystander(url, async () => {
      const alice = await join(url, null);
      alice.send("SEND", { destination: "/ws" }, body);
      alice.send("SUBSCRIBE", { id: "r", destination: "/app/roster" });
      await alice.until(() => alice.messages("/app/roster").length === 1);
      expect(alice.messages("/app/roster")).toMatchObject([[{ clientData: "bystander" }]]);
      await identify(alice, "alice");
    }, ["join alice"]);
  });

  it("is not one for the language it is in", async () => {
    const url = await serve();
    const names = ["홍길동", "👩‍👩‍👧", "a\u0000b", "\u202eevil", "x".repeat(2000)];
    await withBystander(
      url,
      async () => {
        const alice = await join(url, null);
        for (const name of names) await identify(alice, name);
      },
      names.map((name) => `join ${name}`),
    );
  });

  it("may hold half a surrogate pair", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = await join(url, null);
    alice.send("SEND", { destination: "/ws", receipt: "r" }, '{"clientData":"\\ud800"}');
    await alice.receipt("r");
    expect(await bob.waitForNotice("join \ud800")).toHaveLength(1);
  });
});

describe("a broken frame gets ERROR and close, and one leave", () => {
  it.each([
    ["a header without a colon", "SEND\nnocolon\n\n\0", /name:value/, 1002],
    ["an undefined escape", "SEND\na:\\t\n\n\0", /not an escape/, 1002],
    ["an end before the body", "SEND\0", /blank line/, 1002],
    ["a wrong content-length", "SEND\ncontent-length:1\n\nabc\0", /content-length/, 1002],
    ["a content-length that is no number", "SEND\ncontent-length:x\n\nabc\0", /content-length/, 1002],
    ["too many headers", `SEND\n${"a:b\n".repeat(65)}\n\0`, /64 headers/, 1009],
    ["a header that is too long", `SEND\na:${"b".repeat(4100)}\n\n\0`, /4096 bytes/, 1009],
    ["a header that never ends", `SEND\na:${"b".repeat(5000)}`, /4096 bytes/, 1009],
    ["a body that is too long", `SEND\n\n${"b".repeat(65_537)}\0`, /65536 bytes/, 1009],
    ["an unknown command", "FOO\n\n\0", /FOO is not supported/, 1002],
    ["a command of the server", "MESSAGE\n\n\0", /MESSAGE is not supported|has no body/, 1002],
    ["a second CONNECT", "CONNECT\naccept-version:1.2\n\n\0", /only once/, 1002],
    ["a forged notice", 'SEND\ndestination:/topic/\n\n{"event":"leave"}\0', /SEND to \/ws only/, 1002],
    ["an ACK", "ACK\nid:1\n\n\0", /not supported/, 1002],
  ])("%s", async (_, text, problem, code) => {
    const url = await serve();
    await withBystander(url, async () => {
      const alice = await join(url, "alice");
      alice.raw(text);
      await refused(alice, problem, code);
    }, ["join alice", "leave alice (error)"]);
  });

  it("that isn't UTF-8", async () => {
    const url = await serve();
    const alice = await join(url, null);
    alice.socket.send(Buffer.from([0x53, 0x0a, 0x0a, 0xff, 0x00]));
    await refused(alice, /UTF-8/, 1002);
  });

  it("before CONNECT, and nothing comes of it", async () => {
    const url = await serve();
    await withBystander(url, async () => {
      const eve = await StompClient.open(url);
      eve.send("SEND", { destination: "/ws" }, '{"clientData":"eve"}');
      await refused(eve, /SEND before CONNECT/, 1002);
    });
  });
});

describe("broken SockJS framing ends the session", () => {
  it.each(["[", "[1]", "{}", "x"])("over WebSocket: %s", async (message) => {
    const url = await serve();
    await withBystander(url, async () => {
      const alice = await join(url, "alice", { sessionId: "abcd1234" });
      alice.socket.send(message);
      await refused(alice, "broken SockJS framing", 1002);
    }, ["join alice", "leave alice (error)"]);
  });

  it("over HTTP, if JSON is right and the message is no string; broken JSON gets 500, as SockJS has it", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = new XhrClient(url, "badjson1");
    await alice.open();
    await alice.identify("alice");
    await bob.waitForNotice("join alice");
    expect((await alice.post("xhr_send", "[")).status).toBe(500);
    expect((await alice.post("xhr_send", '{"__proto__":null}')).status).toBe(500);
    expect((await alice.sendFrame("\n")).status).toBe(204);
    expect((await alice.post("xhr_send", "[1]")).status).toBe(204);
    expect(await bob.waitForNotice("leave alice (error)")).toHaveLength(2);
  });
});

describe("too much", () => {
  it("in one WebSocket message is closed with 1009", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    alice.raw("x".repeat(131_073));
    expect((await alice.closed).code).toBe(1009);
    expect(await bob.waitForNotice("leave alice (error)")).toHaveLength(2);
  });

  it("in one request gets 413, and ends the session", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = new XhrClient(url, "toomuch1");
    await alice.open();
    await alice.identify("alice");
    await bob.waitForNotice("join alice");
    expect((await alice.post("xhr_send", JSON.stringify(["x".repeat(140_000)]))).status).toBe(413);
    expect(await bob.waitForNotice("leave alice (error)")).toHaveLength(2);
  });

  it("in an address or in HTTP headers gets a refusal", async () => {
    const url = await serve();
    expect((await reply(`${url}/000/${"x".repeat(20_000)}/xhr`, { method: "POST" })).status).toBe(431);
  });

  it("for a client that doesn't read ends its session", async () => {
    // Without a long ping interval, a busy machine ends the session for silence first.
    const url = await serve({ maxBacklogBytes: 1024, transportHeartbeatMs: 120_000 });
    const bob = await join(url, null);
    const deaf = await join(url, "deaf");
    deaf.socket.pause();
    const noise = "n".repeat(3000);
    // Kernel buffers take in some megabytes before anything waits in the server.
    for (let sent = 0; bob.notices().at(-1) !== "leave deaf (slow)"; sent++) {
      expect(sent).toBeLessThan(20_000);
      const talker = await join(url, `${noise}${sent}`);
      for (let again = 0; again < 200; again++) {
        talker.send(
          "SEND",
          { destination: "/ws" },
          JSON.stringify({ clientData: `${noise}${sent}/${again}` }),
        );
      }
      await identify(talker, "done");
      talker.socket.close();
      await bob.waitForNotice("leave done (closed)").catch(() => undefined);
      if (bob.notices().includes("leave deaf (slow)")) break;
    }
    expect(bob.notices().filter((news) => news === "leave deaf (slow)")).toHaveLength(1);
  });
});

describe("too slow", () => {
  it("to CONNECT is closed in time, whatever is sent", async () => {
    const url = await serve({ connectTimeoutMs: 100 });
    const idle = await StompClient.open(url);
    idle.raw("\n");
    await refused(idle, "no CONNECT within 100 ms", 1008);
  });

  it("to finish a frame is closed in time", async () => {
    const url = await serve({ frameTimeoutMs: 100 });
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    alice.raw("SEND\n");
    await refused(alice, "a frame took longer than 100 ms", 1008);
    expect(await bob.waitForNotice("leave alice (error)")).toHaveLength(2);
  });

  it.each([
    ["to begin a request", ""],
    ["to finish its headers", "GET /connection/info HTTP/1.1\r\nHost:"],
    [
      "to finish its body",
      "POST /connection/000/x/xhr_send HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n[",
    ],
  ])("%s is cut off", async (_, sent) => {
    const url = await serve({ connectTimeoutMs: 100 });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(sent);
    await closed(socket);
  });
});

function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) =>
    socket
      .resume()
      .on("error", () => undefined)
      .once("close", resolve),
  );
}
