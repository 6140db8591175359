import { createServer as createTcp } from "node:net";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { LagMeter } from "../../harness/run/lag-meter.ts";
import { ConcurrencyLimiter } from "../../harness/run/concurrency-limiter.ts";
import { startChatServer } from "../../testing/sample-servers/server/chat.ts";
import { foreignOrigin } from "./web.ts";
import { look, type Look, type LookOptions } from "./look.ts";
import { listen } from "../../testing/sample-servers/server/listen.ts";
import type { HeartbeatOptions } from "../../testing/sample-servers/server/stomp-session.ts";
import { startServer, type ServerOptions } from "../../testing/sample-servers/server/start-server.ts";

const sockJs: Parameters<typeof look>[1] = {
  kind: "sockjs",
  info: { websocket: true, origins: ["*:*"], cookieNeeded: false },
  looksLike: "unknown",
  evidence: "",
};

/** More than any question takes that the small chats answer in their own time; what they never do is waited for less. */
const patienceMs = 8_000;

/** STOMP heartbeats that are promised and asked for, and neither sent nor missed. */
const promises: HeartbeatOptions = {
  answer: [1_000, 1_000],
  sentEveryMs: Infinity,
  droppedAfterMs: Infinity,
};

/** A chat on SockJS with transport times that are soon seen. */
const onSockJs: ServerOptions = {
  transport: "sockjs",
  path: "/chat",
  heartbeats: promises,
  sockJsHeartbeatMs: 500,
  sockJsDelayMs: 1_900,
};

// A look begins with dozens of connections at once. Together with those of many others they open too late.
const lag = await LagMeter.start(() => performance.now());
afterAll(() => lag.stop());
const pace = new ConcurrencyLimiter(2, lag);

/** Looks at a chat, which must have no client afterwards. */
const lookAt = (changes: Partial<ServerOptions>, options: LookOptions = {}, echoes = true): Promise<Look> =>
  pace.run(() => lookNow(changes, options, echoes));

async function lookNow(
  changes: Partial<ServerOptions>,
  options: LookOptions,
  echoes: boolean,
): Promise<Look> {
  const { url, isLeft, close } = await startServer(
    ({ tell }) => (echoes ? { send: (_session, destination, body) => tell(destination, body) } : {}),
    { ...onSockJs, ...changes },
  );
  try {
    const seen = await look(url, sockJs, { patienceMs, ...options });
    expect(await isLeft(), "its connections are gone").toBe(true);
    return seen;
  } finally {
    await close();
  }
}

const came = { came: true, afterMs: expect.any(Number) as number };
const works = { works: true, tookMs: expect.any(Number) as number };

test.concurrent("a chat that does everything right", async () => {
  const seen = await lookAt(
    { heartbeats: { answer: [1_000, 1_000] } },
    { topic: { destination: "/topic/", body: '{"hello":"there"}' } },
  );
  expect(seen).toMatchObject({
    transports: {
      websocket: works,
      "xhr-streaming": works,
      "xhr-polling": works,
      eventsource: works,
      native: works,
    },
    main: "websocket",
    versions: { "1.2": { accepted: true }, "1.1": { accepted: true }, "1.0": { accepted: true } },
    // sockjs-node chooses none.
    subprotocol: { offered: { works: false }, notOffered: works },
    heartbeats: { "1000,1000": "1000,1000", "0,0": "1000,1000", "60000,60000": "1000,1000" },
    beats: { periodMs: 1_000, ended: null },
    silence: { periodMs: 1_000, ended: expect.stringContaining("silent") as string },
    receipts: { subscribe: came, send: came, disconnect: came },
    echoes: came,
    sockJsHeartbeat: { plain: { ended: null, as: "ping" }, connected: { ended: null, as: "ping" } },
    disconnectDelay: { aliveAtMs: 1_000, goneAtMs: 2_000 },
    twiceOnWebSocket: { second: "opened", first: "open", answered: "first" },
    twiceOnXhr: { second: expect.stringContaining("2010") as string, first: "open", answered: "first" },
    cookies: { set: [] },
    compression: false,
    unlearned: {},
  });
  expect(seen.beats?.heard).toBeGreaterThanOrEqual(3);
  expect(seen.silence?.droppedAfterMs).toBeGreaterThanOrEqual(1_900);
  expect(seen.sockJsHeartbeat?.plain.afterMs).toBeGreaterThanOrEqual(400);
  expect(seen.origins?.foreign).toMatchObject({
    origin: foreignOrigin,
    info: { allowed: true, status: 200 },
    handshake: { allowed: true, status: 101 },
  });
});

test.concurrent("a chat that does little", async () => {
  const seen = await lookAt(
    {
      heartbeats: { answer: [0, 0] },
      versions: ["1.1"],
      receipts: "none",
      sockJsHeartbeatMs: 25_000,
      sockJsDelayMs: 25_000,
    },
    { patienceMs: 4_000 },
  );
  expect(seen).toMatchObject({
    versions: {
      "1.2": { accepted: false, why: expect.stringContaining("no such version") as string },
      "1.1": { accepted: true },
      "1.0": { accepted: false },
    },
    heartbeats: { "1000,1000": "0,0", "0,0": "0,0", "60000,60000": "0,0" },
    beats: null,
    silence: null,
    receipts: { subscribe: { came: false }, send: { came: false }, disconnect: { came: false } },
    echoes: null,
    sockJsHeartbeat: { plain: { afterMs: null, ended: null }, connected: { afterMs: null } },
    disconnectDelay: { goneAtMs: null },
    unlearned: {
      beats: expect.stringContaining("promises no heartbeats") as string,
      silence: expect.stringContaining("wants no heartbeats") as string,
      echoes: expect.stringContaining("no topic was given") as string,
    },
  });
});

test.concurrent("a chat that promises heartbeats, sends none, and misses none", async () => {
  const { beats, silence, echoes } = await lookAt(
    {},
    { topic: { destination: "/topic/", body: "a" } },
    false,
  );
  expect(beats).toMatchObject({ heard: 0, ended: null });
  expect(beats?.longestGapMs).toBe(beats?.watchedMs);
  expect(silence).toMatchObject({ droppedAfterMs: null, ended: null });
  expect(echoes).toMatchObject({ came: false, why: expect.stringContaining("none within") as string });
});

test.concurrent("a chat that drops also those who send heartbeats", async () => {
  const { beats } = await lookAt({ heartbeats: { answer: [1_000, 1_000], droppedAfterMs: 300 } });
  expect(beats?.ended).toContain("silent");
});

test.concurrent("SockJS without STOMP: what needs CONNECTED is not learned, the rest is", async () => {
  const seen = await lookAt({ onFrame: (command) => command === "CONNECT" }, { patienceMs: 4_000 });
  expect(seen.transports?.websocket).toEqual({
    works: false,
    why: expect.stringContaining("opened, but no CONNECTED came") as string,
  });
  expect(seen.unlearned).toMatchObject({
    main: "no transport led to CONNECTED",
    versions: "no transport led to CONNECTED",
    receipts: "no transport led to CONNECTED",
  });
  expect(seen.sockJsHeartbeat).toMatchObject({ plain: { ended: null }, connected: null });
  expect(seen.sockJsHeartbeat?.plain.afterMs).toBeGreaterThanOrEqual(400);
  expect(seen.twiceOnXhr).toMatchObject({
    second: expect.stringContaining("2010") as string,
    answered: "neither",
  });
});

test.concurrent("where WebSockets do not pass, everything is asked on the next transport", async () => {
  const seen = await lookAt({
    refuses: ({ headers }) => (headers.upgrade === undefined ? undefined : 502),
    heartbeats: { answer: [1_000, 1_000] },
  });
  expect(seen).toMatchObject({
    main: "xhr-streaming",
    transports: {
      websocket: { works: false, why: expect.stringContaining("502") as string },
      "xhr-polling": works,
    },
    versions: { "1.2": { accepted: true } },
    receipts: { subscribe: came },
    origins: { own: { info: { allowed: true }, handshake: { allowed: false, status: 502 } } },
    compression: null,
    twiceOnWebSocket: null,
    unlearned: { twiceOnWebSocket: expect.stringContaining("502") as string },
  });
  expect(seen.beats?.heard).toBeGreaterThan(0);
});

test.concurrent("one question that goes wrong spoils no other; origins are told apart", async () => {
  const seen = await lookAt({
    refuses: ({ url = "", headers }) =>
      headers.origin === foreignOrigin ? 403 : url.includes("xhr") ? 500 : undefined,
  });
  expect(seen).toMatchObject({
    transports: {
      websocket: works,
      "xhr-polling": { works: false, why: expect.stringContaining("500") as string },
    },
    disconnectDelay: null,
    receipts: { subscribe: came },
    origins: {
      none: { info: { allowed: true }, handshake: { allowed: true } },
      foreign: { info: { allowed: false, status: 403 }, handshake: { allowed: false, status: 403 } },
    },
    unlearned: { disconnectDelay: expect.stringContaining("500") as string },
  });
});

test.concurrent(
  "a target that allows its own topic alone is asked there for the receipt of SUBSCRIBE",
  async () => {
    const strict: Partial<ServerOptions> = {
      onFrame: (command, session, _answer, text) => {
        const isRefused =
          ["SUBSCRIBE", "SEND"].includes(command) && !text.includes("destination:/topic/own\n");
        if (isRefused) session.drop();
        return isRefused;
      },
    };
    const { receipts } = await lookAt(strict, { topic: { destination: "/topic/own", body: "{}" } });
    expect(receipts).toMatchObject({ subscribe: came, send: { came: false }, disconnect: came });
  },
);

test.concurrent("headers go with every request, and with CONNECT", async () => {
  const seen = await lookAt(
    { refuses: ({ headers }) => (headers["x-token"] === "secret" ? undefined : 401) },
    { headers: { "X-Token": "secret" }, stompHeaders: { login: "me" } },
  );
  expect(seen.transports).toMatchObject({ websocket: works, "xhr-streaming": works, native: works });
  expect(seen.origins?.none).toMatchObject({ info: { allowed: true }, handshake: { allowed: true } });
  expect(JSON.stringify(seen)).not.toContain("secret");
});

test("a WebSocket without SockJS", async () => {
  const chat = await startChatServer();
  onTestFinished(chat.close);
  const seen = await look(chat.url, { kind: "websocket" }, { patienceMs });
  expect(seen).toMatchObject({
    transports: { native: works },
    main: "native",
    subprotocol: { offered: works, notOffered: works },
    heartbeats: { "1000,1000": "0,0" },
    receipts: { subscribe: came, disconnect: came },
    origins: { foreign: { info: null, handshake: { allowed: true } } },
    sockJsHeartbeat: null,
    unlearned: { sockJsHeartbeat: "there is no SockJS" },
  });
  expect(Object.keys(seen.transports ?? {})).toEqual(["native"]);
});

test.concurrent.for<[string, string]>([
  ["nothing at all", ""],
  ["what is no HTTP", "hello\r\n"],
  ["a stream of frames without end", `HTTP/1.1 200 OK\r\n\r\no\n${'a["x"]\n'.repeat(5_000)}`],
  ["frames that are none", "HTTP/1.1 200 OK\r\n\r\nboo\n"],
])("a server that answers %s teaches nothing, and holds up nothing", async ([, answer]) => {
  const { port, isLeft, close } = await listen(
    createTcp((socket) => {
      socket.resume().on("error", () => undefined);
      const timer = setInterval(() => answer !== "" && socket.write(answer), 5);
      socket.on("close", () => clearInterval(timer));
    }),
  );
  try {
    const seen = await look(new URL(`http://127.0.0.1:${port}/chat`), sockJs, { patienceMs: 800 });
    expect(seen).toMatchObject({
      main: null,
      versions: null,
      heartbeats: null,
      receipts: null,
      silence: null,
    });
    expect(Object.values(seen.transports ?? {}).every((trial) => !trial.works)).toBe(true);
    expect(await isLeft()).toBe(true);
  } finally {
    await close();
  }
});
