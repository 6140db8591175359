import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import SockJS from "sockjs-client";
import { Client } from "@stomp/stompjs";
import { describe, expect, it } from "vitest";
import { serve } from "../testing/servers.ts";
import { join } from "../testing/stomp-client.ts";
import { XhrClient, reply } from "../testing/xhr-client.ts";

describe("the real clients", () => {
  it.each(["websocket", "xhr-streaming", "eventsource", "xhr-polling"])(
    "join and leave over %s",
    async (transport) => {
      const url = await serve();
      const bob = await join(url, null);
      await new Promise<void>((resolve, reject) => {
        const alice = new Client({
          webSocketFactory: () => new SockJS(url, null, { transports: [transport] }),
          reconnectDelay: 0,
          onConnect: () => {
            alice.watchForReceipt("1", () => resolve(alice.deactivate()));
            alice.publish({ destination: "/ws", body: '{"clientData":"alice"}', headers: { receipt: "1" } });
          },
          onStompError: (frame) => reject(new Error(frame.body)),
        });
        alice.activate();
      });
      expect(await bob.waitForNotice("leave alice (disconnect)")).toEqual([
        "join alice",
        "leave alice (disconnect)",
      ]);
    },
  );
});

describe.each([
  ["xhr_streaming", "POST"],
  ["eventsource", "GET"],
  ["htmlfile?c=callback", "GET"],
] as const)("%s", (transport, method) => {
  const open = async (url: string) => {
    const alice = new XhrClient(url, freshId());
    const response = await alice.stream(transport, method);
    await alice.sendFrame("CONNECT\naccept-version:1.2\n\n\0");
    await alice.sendFrame('SEND\ndestination:/ws\n\n{"clientData":"alice"}\0');
    return { alice, response };
  };

  it("an aborted response is a leave at once", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const { response } = await open(url);
    await bob.waitForNotice("join alice");
    response.destroy();
    expect(await bob.waitForNotice("leave alice (lost)")).toHaveLength(2);
  });

  it("a client that opens the next response stays; one that does not has left", async () => {
    const url = await serve({ transportHeartbeatMs: 300, disconnectDelayMs: 1_000 });
    const bob = await join(url, null);
    const opened = await open(url);
    const { alice } = opened;
    let { response } = opened;
    await bob.waitForNotice("join alice");
    for (let round = 0; round < 3; round++) {
      await ended(response);
      response = await alice.stream(transport, method);
    }
    expect(bob.notices()).toEqual(["join alice"]);
    await ended(response);
    expect(await bob.waitForNotice("leave alice (silence)")).toHaveLength(2);
  });

  it("a stalled reader has left", async () => {
    const url = await serve({ transportHeartbeatMs: 300, disconnectDelayMs: 1_000 });
    const bob = await join(url, null);
    const { response } = await open(url);
    response.pause();
    expect(await bob.waitForNotice("leave alice (silence)")).toHaveLength(2);
    response.destroy();
  });
});

/** sockjs-node keeps the sessions of all servers in a process in one place, so tests must not share ids. */
function freshId(): string {
  return randomUUID();
}

function ended(response: IncomingMessage): Promise<unknown> {
  return new Promise((resolve) => response.resume().once("close", resolve));
}

describe("polling", () => {
  it("that stops is a leave after the disconnect delay", async () => {
    const url = await serve({ disconnectDelayMs: 1_000 });
    const bob = await join(url, null);
    const alice = new XhrClient(url, freshId());
    expect((await alice.open()).body).toBe("o\n");
    await alice.identify("alice");
    expect(await bob.waitForNotice("leave alice (silence)")).toEqual(["join alice", "leave alice (silence)"]);
    expect((await alice.sendFrame("\n")).status).toBe(404);
  });

  it("over jsonp works both ways", async () => {
    const url = await serve();
    const { base } = new XhrClient(url, freshId());
    const poll = () => reply(`${base}/jsonp?c=callback`);
    expect((await poll()).body).toBe('/**/callback("o");\r\n');
    const sent = await reply(
      `${base}/jsonp_send`,
      { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } },
      `d=${encodeURIComponent(JSON.stringify(["CONNECT\naccept-version:1.2\n\n\0"]))}`,
    );
    expect(sent.body).toBe("ok");
    expect((await poll()).body).toContain("CONNECTED");
  });

  it("a second poll beside the first is refused with 2010, and the first lives on", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = new XhrClient(url, freshId());
    await alice.open();
    await alice.identify("alice");
    await bob.waitForNotice("join alice");
    const first = alice.poll();
    await alice.sendFrame("\n");
    expect((await alice.poll()).body).toBe('c[2010,"Another connection still open"]\n');
    await alice.sendFrame("UNSUBSCRIBE\nid:1\nreceipt:r\n\n\0");
    expect((await first).body).toContain("RECEIPT");
    expect(bob.notices()).toEqual(["join alice"]);
  });

  it("with an invalid request opens no session", async () => {
    const url = await serve();
    const { base } = new XhrClient(url, freshId());
    expect((await reply(`${base}/jsonp`)).status).toBe(500);
    expect((await reply(`${base}/xhr`)).status).toBe(405);
    expect((await reply(`${base}/nonsense`, { method: "POST" })).status).toBe(404);
    expect((await reply(`${base}/xhr_send`, { method: "POST" }, '["x"]')).status).toBe(404);
    const opened = await reply(`${base}/xhr`, { method: "POST", headers: { "user-agent": "another" } });
    expect(opened.body).toBe("o\n");
  });
});

describe("a session id that others know", () => {
  const victim = async (url: string, keepCookie: boolean) => {
    const alice = new XhrClient(url, freshId());
    await alice.open({ "user-agent": "Alice" }, keepCookie);
    const headers = { "user-agent": "Alice" };
    await alice.sendFrame("CONNECT\naccept-version:1.2\n\n\0", headers);
    await alice.poll(headers);
    await alice.sendFrame('SEND\ndestination:/ws\n\n{"clientData":"alice"}\0', headers);
    return alice;
  };
  const disconnect = JSON.stringify(["DISCONNECT\n\n\0"]);

  it.each([
    ["without the cookie that the client showed", true, { "user-agent": "Alice" }],
    ["with another cookie", true, { "user-agent": "Alice", cookie: "hangup-session=guessed" }],
    ["from another program, if the client keeps no cookies", false, { "user-agent": "Mallory" }],
    ["from no program at all", false, {}],
  ])("is of no use %s", async (_, keepCookie, headers) => {
    const url = await serve();
    const bob = await join(url, null);
    const alice = await victim(url, keepCookie);
    await bob.waitForNotice("join alice");
    for (const [transport, method] of [
      ["xhr_send", "POST"],
      ["jsonp_send", "POST"],
      ["xhr", "POST"],
      ["xhr_streaming", "POST"],
      ["eventsource", "GET"],
      ["htmlfile?c=c", "GET"],
      ["jsonp?c=c", "GET"],
    ] as const) {
      const attack = await reply(
        `${alice.base}/${transport}`,
        { method, headers },
        method === "POST" ? disconnect : "",
      );
      expect([transport, attack.status]).toEqual([transport, 404]);
    }
    expect((await alice.sendFrame("\n", { "user-agent": "Alice" })).status).toBe(204);
    expect(bob.notices()).toEqual(["join alice"]);
  });

  it("is of no use from another origin, even an allowed one", async () => {
    const url = await serve({ origins: ["https://a.example", "https://b.example"] });
    const alice = new XhrClient(url, freshId());
    await alice.open({ origin: "https://a.example" });
    expect((await alice.sendFrame("\n", { origin: "https://b.example" })).status).toBe(404);
    expect((await alice.sendFrame("\n", { origin: "https://c.example" })).status).toBe(403);
    expect((await alice.sendFrame("\n", { origin: "https://a.example" })).status).toBe(204);
  });

  it("over WebSocket opens a session of its own beside the first", async () => {
    const url = await serve();
    const bob = await join(url, null);
    const sessionId = freshId();
    await join(url, "alice", { sessionId });
    const mallory = await join(url, "mallory", { sessionId });
    expect((await new XhrClient(url, sessionId).sendFrame("DISCONNECT\n\n\0")).status).toBe(404);
    mallory.socket.terminate();
    expect(await bob.waitForNotice("leave mallory (lost)")).toEqual([
      "join alice",
      "join mallory",
      "leave mallory (lost)",
    ]);
  });

  it("that ended opens a new session, which has to identify anew", async () => {
    const url = await serve({ disconnectDelayMs: 1_000 });
    const bob = await join(url, null);
    const sessionId = freshId();
    const first = new XhrClient(url, sessionId);
    await first.open();
    await first.identify("alice");
    await bob.waitForNotice("leave alice (silence)");
    const second = new XhrClient(url, sessionId);
    expect((await second.open()).body).toBe("o\n");
    await second.identify("carol");
    await bob.waitForNotice("join carol");
  });
});

describe("origins", () => {
  const transports = [
    ["POST", "xhr"],
    ["POST", "xhr_streaming"],
    ["POST", "xhr_send"],
    ["POST", "jsonp_send"],
    ["GET", "eventsource"],
    ["GET", "htmlfile?c=c"],
    ["GET", "jsonp?c=c"],
    ["OPTIONS", "xhr_send"],
  ] as const;

  it.each(["http://evil.example", "null"])("%s is refused on every transport", async (origin) => {
    const url = await serve();
    const { base } = new XhrClient(url, freshId());
    for (const [method, transport] of transports) {
      expect((await reply(`${base}/${transport}`, { method, headers: { origin } })).status).toBe(403);
    }
    expect((await reply(`${url}/info`, { headers: { origin } })).status).toBe(403);
    await expect(join(url, null, { origin })).rejects.toThrow("403");
    await expect(join(url, null, { origin, sessionId: "abcd1234" })).rejects.toThrow("403");
  });

  it("that are allowed may connect, and so may the server's own", async () => {
    const url = await serve({ origins: ["https://a.example"] });
    await join(url, null, { origin: "https://a.example" });
    await join(url, null, { origin: new URL(url).origin });
    const info = await reply(`${url}/info`, { headers: { origin: "https://a.example" } });
    expect(info.headers["access-control-allow-origin"]).toBe("https://a.example");
  });
});

describe("addresses that lead nowhere", () => {
  it("get 404, for requests and for upgrades", async () => {
    const url = await serve();
    expect((await reply(`${url}/nonsense`)).status).toBe(404);
    expect((await reply(`${url}/000/abcd1234/websocket`)).status).toBe(400);
    await expect(join(`${url}/nonsense/x/y`, null)).rejects.toThrow("404");
    await expect(join(url.replace("connection", "elsewhere"), null)).rejects.toThrow("404");
  });
});
