import { expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import type { MakeApplication, SampleSession } from "../../testing/sample-servers/server/application.ts";
import { startServer, type ServerOptions } from "../../testing/sample-servers/server/start-server.ts";
import type { WireTransport } from "../wire/wire.ts";
import { watchWholeSessions, type WholeSessions } from "./whole-sessions.ts";

const all: readonly WireTransport[] = [
  "websocket",
  "xhr-streaming",
  "xhr-polling",
  "eventsource",
  "htmlfile",
  "jsonp-polling",
];

/** Part of a chat that a test changes. */
interface Changes extends Partial<ServerOptions> {
  /** Returns false for a session that gets no messages. */
  readonly hears?: (session: SampleSession) => boolean;
  readonly tells?: readonly ("join" | "leave")[];
}

async function watch({
  hears = () => true,
  tells = ["join", "leave"],
  ...options
}: Changes): Promise<WholeSessions | undefined> {
  const application: MakeApplication = ({ sessions }) => {
    const say = (event: "join" | "leave", { client }: SampleSession) => {
      if (!tells.includes(event) || client === undefined) return;
      const text = JSON.stringify({ event, clientData: client, note: "it's <over>\\\u2028" });
      for (const session of sessions)
        if (hears(session)) session.tell("/topic/", text).catch(() => undefined);
    };
    return {
      send(session, _destination, body) {
        session.client = (JSON.parse(body) as { clientData: string }).clientData;
        say("join", session);
      },
      end: (session) => say("leave", session),
    };
  };
  const server = await startServer(application, {
    transport: "sockjs",
    path: "/app/chat",
    // A busy machine polls late.
    sockJsDelayMs: 5_000,
    ...options,
  });
  try {
    const ready = options.receipts === "none" ? { delayMs: 300 } : "receipt";
    const profile = parseProfile({ ready, deadlines: { endedMs: 500 } }, "a test");
    const sessions = await watchWholeSessions(profile, server.url, all);
    expect(await server.isLeft(), "its connections are gone").toBe(true);
    return sessions;
  } finally {
    await server.close();
  }
}

const works = { works: true, connectedMs: expect.any(Number) as number };
const fails = (why: string) => ({ works: false, why: expect.stringContaining(why) as string });
const allWork = Object.fromEntries(all.map((name) => [name, works]));

test.concurrent("a right chat carries a session on each transport", { timeout: 40_000 }, async () => {
  expect(await watch({})).toEqual(allWork);
});

test.concurrent("without receipts, and with leaves alone", { timeout: 40_000 }, async () => {
  expect(await watch({ receipts: "none", tells: ["leave"] })).toEqual(allWork);
});

test.concurrent(
  "a transport that connects and never delivers does not work",
  { timeout: 40_000 },
  async () => {
    const hears = ({ url }: SampleSession) => !url.pathname.endsWith("/xhr_streaming");
    expect(await watch({ hears })).toEqual({
      ...allWork,
      "xhr-streaming": fails("it connects, but no message arrives within 4 s"),
    });
  },
);

test.concurrent(
  "a transport that opens and takes no message does not work",
  { timeout: 40_000 },
  async () => {
    const refuses: ServerOptions["refuses"] = ({ url = "" }) =>
      url.includes("/jsonp_send") ? 500 : undefined;
    expect(await watch({ refuses })).toEqual({
      ...allWork,
      "jsonp-polling": fails("HTTP 500 to jsonp_send"),
    });
  },
);

test.concurrent(
  "where the usual transport fails, another one carries the test session",
  { timeout: 40_000 },
  async () => {
    const refuses: ServerOptions["refuses"] = ({ headers }) =>
      headers.upgrade === undefined ? undefined : 502;
    expect(await watch({ refuses })).toEqual({ ...allWork, websocket: fails("502") });
  },
);

test.concurrent(
  "a target that tells nobody anything shows nothing about transports",
  { timeout: 40_000 },
  async () => {
    expect(await watch({ tells: [] })).toBeUndefined();
  },
);
