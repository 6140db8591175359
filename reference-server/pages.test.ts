import { describe, expect, it } from "vitest";
import { serve } from "./testing/servers.ts";
import { StompClient, join } from "./testing/stomp-client.ts";
import { XhrClient } from "./testing/xhr-client.ts";

const at = (url: string, path: string) => url.replace("/connection", path);

describe("pages", () => {
  it.each([
    ["/", "text/html"],
    ["/demo.css", "text/css"],
    ["/demo.js", "text/javascript"],
    ["/sockjs.js", "text/javascript"],
    ["/stomp.js", "text/javascript"],
    ["/health", "application/json"],
  ])("%s is served, with its type", async (path, type) => {
    const response = await fetch(at(await serve(), path));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect((await response.text()).length).toBeGreaterThan(10);
  });

  it("elsewhere there is nothing, and nothing is to be withChanges", async () => {
    const url = await serve();
    for (const path of ["/x", "/demo/index.html", "/../package.json", "/probe"]) {
      expect((await fetch(at(url, path))).status).toBe(404);
    }
    expect((await fetch(at(url, "/"), { method: "POST" })).status).toBe(405);
  });

  it("the iframe transports find sockjs-client on this server", async () => {
    const page = await fetch(`${await serve()}/iframe.html`);
    expect(await page.text()).toContain('<script src="/sockjs.js">');
  });
});

describe("the probe", () => {
  it("shows the open sessions, the number of mappings and the last events", async () => {
    const url = await serve({ probe: true });
    await join(url, "alice", { sessionId: "abcd1234" });
    const bob = await join(url, null);
    await new XhrClient(url, "probe123").open();
    const gone = await join(url, "gone");
    gone.socket.terminate();
    await bob.waitForNotice("leave gone (lost)");
    const response = await fetch(at(url, "/probe"));
    const probe = (await response.json()) as { events: { name: string }[] };
    expect(probe).toMatchObject({
      sessions: [
        { sessionId: "abcd1234", identified: true, transport: "websocket" },
        {
          sessionId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
          identified: false,
          transport: "websocket-raw",
        },
        { sessionId: "probe123", identified: false, transport: "xhr-polling" },
      ],
      mappings: 1,
    });
    expect(probe.events.at(-1)).toMatchObject({ name: "session-disconnect", cause: "lost" });
  });

  it("has each frame before its consequences", async () => {
    const url = await serve({ probe: true, virtualHosts: ["a.example"] });
    const alice = await StompClient.open(url, { sessionId: "abcd1234" });
    alice.send("CONNECT", { "accept-version": "1.2", host: "b.example", passcode: "secret", came: "early" });
    await alice.until(() => alice.frames.length > 0);
    const response = await fetch(at(url, "/probe"));
    const { events } = (await response.json()) as { events: readonly unknown[] };
    const own = { transportSessionId: "abcd1234" };
    expect(events).toMatchObject([
      { ...own, name: "frame-seen", command: "CONNECT", headers: { host: "b.example", came: "early" } },
      { ...own, name: "session-disconnect", cause: "error" },
    ]);
    expect(JSON.stringify(events)).not.toContain("secret");
  });

  it("logs no frames when it is off", async () => {
    const names: string[] = [];
    const url = await serve({ log: ({ name }) => void names.push(name) });
    await join(url, "alice");
    expect(names).not.toContain("frame-seen");
    expect(names).toContain("session-connect");
  });
});
