import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { askProbe, readProbe } from "./probe.ts";
import type { ProfileInput } from "../profile/profile.ts";
import { openStage } from "../../testing/harness/open-stage.ts";

const probe = {
  path: "/probe",
  mappings: "/mappings",
  sessions: "/open",
  events: {
    list: "/events",
    session: "/of/id",
    headers: "/native",
    connect: { "/type": "SessionConnectEvent" },
    frame: { match: { "/type": "preSend" }, command: "/command" },
  },
} as const;
const own = new Set(["a1"]);
const read = (answer: unknown, by: Parameters<typeof readProbe>[1] = probe) =>
  readProbe(JSON.stringify(answer), by, own);
const event = (type: string, more: object = {}, id: unknown = "a1") => ({
  type,
  of: { id },
  native: {},
  ...more,
});

describe("a probe's answer", () => {
  test("has counts as numbers or as lists, and of the sessions only where that is described", () => {
    expect(read({ mappings: 3, open: [1, 2], events: [] })).toEqual({ mappings: 3, sessions: 2, told: [] });
    const { path, mappings } = probe;
    expect(read({ mappings: [{}, {}] }, { path, mappings })).toEqual({
      mappings: 2,
      sessions: null,
      told: [],
    });
    expect(read([1, 2, 3], { path, mappings: "" })).toMatchObject({ mappings: 3 });
  });

  test("has events of the case's own sessions, in order, with headers as texts or as lists of texts", () => {
    const events = [
      event("preSend", { command: "CONNECT", native: { host: ["x", "y"], login: "al", n: 1, none: [] } }),
      event("SessionConnectEvent", { native: { host: "x" } }),
      event("preSend", { command: "SEND" }, "b2"),
      event("preSend", { command: "SEND" }, null),
      event("SessionSubscribeEvent"),
      event("preSend", { command: 7 }),
      event("preSend", { command: "DISCONNECT", native: null }),
      "nothing of the kind",
    ];
    expect(read({ mappings: 0, open: 0, events }).told).toEqual([
      { about: "frame", sessionId: "a1", command: "CONNECT", headers: { host: "x", login: "al" } },
      { about: "connect", sessionId: "a1", command: "CONNECT", headers: { host: "x" } },
      { about: "frame", sessionId: "a1", command: "DISCONNECT", headers: {} },
    ]);
  });

  test("only one kind of events may be described", () => {
    const { connect, frame, ...rest } = probe.events;
    const answer = {
      mappings: 0,
      open: 0,
      events: [event("preSend", { command: "SEND" }), event("SessionConnectEvent")],
    };
    const told = (events: object) => read(answer, { ...probe, events: { ...rest, ...events } }).told;
    expect(told({ connect })).toMatchObject([{ about: "connect" }]);
    expect(told({ frame })).toMatchObject([{ about: "frame", command: "SEND" }]);
  });

  test.each<[answer: unknown, says: string]>([
    [{ open: 0, events: [] }, 'neither a count nor a list at probe.mappings, "/mappings"'],
    [{ mappings: -1, open: 0, events: [] }, "probe.mappings"],
    [{ mappings: 1.5, open: 0, events: [] }, "probe.mappings"],
    [{ mappings: "3", open: 0, events: [] }, "probe.mappings"],
    [{ mappings: 0, events: [] }, 'neither a count nor a list at probe.sessions, "/open"'],
    [{ mappings: 0, open: 0 }, 'no list at probe.events.list, "/events"'],
    [null, "the answer of /probe has"],
  ])("%j is none", (answer, says) => {
    expect(() => read(answer)).toThrow(says);
  });

  test("may be anything, and then is refused by one error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          expect(readProbe(text, { path: "/p", mappings: "" }, own).mappings).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect((error as Error).message).toContain("the answer of /p has neither a count nor a list");
        }
      }),
    );
  });
});

describe("asking it", () => {
  async function asked(answer: RequestListener, more: ProfileInput = {}) {
    const server = createServer(answer).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close().closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const { path, mappings } = probe;
    const { context } = openStage(`http://127.0.0.1:${port}/chat`, {
      transport: "native",
      probe: { path, mappings },
      ...more,
    });
    await askProbe(context, "asker");
    return context.history.events;
  }

  test("goes to the target's own origin, with the profile's headers, and is put on record", async () => {
    const heard: unknown[] = [];
    const events = await asked(
      ({ url, headers }, response) => {
        heard.push([url, headers["x-key"]]);
        response.end('{"mappings":4}');
      },
      { headers: { "X-Key": "of {client}" } },
    );
    expect(heard).toEqual([["/probe", "of asker"]]);
    expect(events).toMatchObject([
      { kind: "probed", actor: "harness", mappings: 4, sessions: null, told: [] },
    ]);
    const [probed] = events;
    expect(probed?.kind === "probed" && probed.askedAtMs <= probed.atMs).toBe(true);
  });

  test.each<[what: string, answer: RequestListener, says: RegExp]>([
    [
      "another status",
      (_, response) => response.writeHead(503).end('{"mappings":4}'),
      /^the probe at \/probe answered 503$/,
    ],
    ["a redirect", (_, response) => response.writeHead(302, { location: "/x" }).end(), /answered 302/],
    ["no JSON", (_, response) => response.end("<h1>"), /^the answer of \/probe has neither/],
    ["an end in the middle", ({ socket }) => socket.destroy(), /^the probe at \/probe was not answered: /],
    ["an answer without end", endless, /was not answered: it is longer than 8000000/],
  ])("is in vain with %s, which is told", async (_what, answer, says) => {
    await expect(asked(answer)).rejects.toThrow(says);
  });

  test("takes a profile that has one", async () => {
    const { stage } = openStage("http://127.0.0.1:9/");
    expect(stage.target.hasProbe).toBe(false);
    await expect(stage.target.probe()).rejects.toThrow("the profile has no probe");
  });
});

/** Writes for as long as somebody reads. */
function endless(...[, response]: Parameters<RequestListener>): void {
  const more = () => {
    while (!response.destroyed && response.write("x".repeat(1_000_000)));
  };
  response.on("drain", more).on("error", () => undefined);
  more();
}
