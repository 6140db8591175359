import fc from "fast-check";
import { expect, test } from "vitest";
import { profileSchema, type ProfileInput } from "../../harness/profile/profile.ts";
import type { DisconnectDelay } from "../ask/sockjs.ts";
import type { SilenceResult } from "../ask/silence.ts";
import { entriesOf, type TargetFacts } from "./entries.ts";
import type { Look } from "../ask/look.ts";

const nothing: Look = {
  url: "http://127.0.0.1/ws",
  tookMs: 9_000,
  patienceMs: 9_000,
  transports: null,
  main: "websocket",
  versions: null,
  subprotocol: null,
  heartbeats: null,
  beats: null,
  silence: null,
  receipts: null,
  echoes: null,
  sockJsHeartbeat: null,
  disconnectDelay: null,
  origins: null,
  twiceOnWebSocket: null,
  twiceOnXhr: null,
  cookies: null,
  compression: null,
  pageTransports: null,
  unlearned: {},
};

test("what is given stays, once, whatever the target shows", () => {
  const values = fc.record(
    Object.fromEntries(
      Object.keys(profileSchema.shape).map((key) => [key, fc.constantFrom("a", 0, false, [])]),
    ),
    { requiredKeys: [] },
  );
  const looks = fc.record({
    heartbeats: fc.constantFrom(null, answers("0,0"), answers("1000,1000"), answers("0,20000")),
    silence: fc.constantFrom(null, tooBrief, dropped(4)),
    disconnectDelay: fc.constantFrom(null, goneAt(9_000)),
    receipts: fc.constant(null),
  });
  fc.assert(
    fc.property(values, looks, fc.constantFrom("spring", "sockjs-node"), (made, look, looksLike) => {
      const given = made as unknown as ProfileInput;
      const all = entries(looksLike, look, given, { websocket: fails });
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
      for (const [key, value] of Object.entries(given)) {
        const entry = all.find((one) => one.key === key);
        if (entry?.value === value) continue;
        expect(entry).toMatchObject({
          key: "heartbeatMs",
          why: expect.stringContaining("the given 0") as string,
        });
      }
    }),
  );
});

test("a topic that was given as an option stays where no notice was recognized", () => {
  const topic = entries("spring", {}, {}, undefined, ["/topic/a", "/topic/b"]).find(
    ({ key }) => key === "topic",
  );
  expect(topic).toMatchObject({ value: "/topic/a", why: expect.stringContaining("no notice") as string });
});

type LooksLike = "spring" | "sockjs-node";

const deadlines = (looksLike: LooksLike, look: Partial<Look>): unknown =>
  entries(looksLike, look).find(({ key }) => key === "deadlines")?.value;

function entries(
  looksLike: LooksLike,
  look: Partial<Look>,
  given: ProfileInput = {},
  sessions?: TargetFacts["sessions"],
  topics: readonly string[] = [],
) {
  const learned: TargetFacts = {
    target: new URL("http://127.0.0.1/ws"),
    given,
    native: false,
    reached: {
      kind: "sockjs",
      info: { websocket: true, origins: ["*:*"], cookieNeeded: false },
      looksLike,
      evidence: "info says so",
    },
    look: { ...nothing, ...look },
    sessions,
    topics,
    inferred: undefined,
    identify: undefined,
    unknown: [],
  };
  return entriesOf(learned);
}

const answers = (heartBeat: string): Look["heartbeats"] => ({
  "1000,1000": heartBeat,
  "0,0": heartBeat,
  "60000,60000": heartBeat,
});
const dropped = (afterPeriods: number): SilenceResult => ({
  periodMs: 1_000,
  droppedAfterMs: afterPeriods * 1_000,
  ended: "closed 1002",
  watchedMs: afterPeriods * 1_000,
});
const tooBrief: SilenceResult = { periodMs: 10_000, droppedAfterMs: null, ended: null, watchedMs: 9_000 };
const neverDropped: SilenceResult = { periodMs: 1_000, droppedAfterMs: null, ended: null, watchedMs: 5_000 };
const goneAt = (goneAtMs: number): DisconnectDelay => ({ aliveAtMs: goneAtMs - 1_000, goneAtMs });

test.for<[string, LooksLike, Partial<Look>, unknown]>([
  [
    "Spring without heartbeats gets what it will take with them",
    "spring",
    { heartbeats: answers("0,0"), disconnectDelay: goneAt(6_000) },
    { silenceIntervals: 5, httpEndedMs: 11_000 },
  ],
  [
    "Spring whose silence was watched too briefly",
    "spring",
    { heartbeats: answers("10000,10000"), silence: tooBrief, disconnectDelay: goneAt(10_000) },
    { silenceIntervals: 5, httpEndedMs: 11_000 },
  ],
  [
    "Spring that took longer",
    "spring",
    { heartbeats: answers("1000,1000"), silence: dropped(4.4), disconnectDelay: goneAt(12_000) },
    { silenceIntervals: 6, httpEndedMs: 25_000 },
  ],
  [
    "another that was quick keeps a profile's defaults",
    "sockjs-node",
    { heartbeats: answers("1000,1000"), silence: dropped(2), disconnectDelay: goneAt(5_000) },
    undefined,
  ],
  [
    "another that was slower",
    "sockjs-node",
    { heartbeats: answers("1000,1000"), silence: dropped(2.5), disconnectDelay: goneAt(8_000) },
    { silenceIntervals: 4, httpEndedMs: 9_000 },
  ],
  [
    "another whose silence was watched too briefly may be Spring behind a native WebSocket",
    "sockjs-node",
    { heartbeats: answers("10000,10000"), silence: tooBrief },
    { silenceIntervals: 5 },
  ],
  [
    "another that never drops a silent client gets no longer deadline for it",
    "sockjs-node",
    { heartbeats: answers("1000,1000"), silence: neverDropped },
    undefined,
  ],
  ["another without heartbeats", "sockjs-node", { heartbeats: answers("0,0") }, undefined],
])("deadlines: %s", ([, looksLike, look, expected]) => {
  expect(deadlines(looksLike, look)).toEqual(expected);
});

test.each([
  ["10000,10000", 0, 10_000],
  ["1000,1000", 0, 1_000],
  ["0,0", 0, 0],
  ["10000,10000", 20_000, 20_000],
])("with CONNECTED's heart-beat:%s a given heartbeatMs of %s becomes %s", (heartBeat, given, becomes) => {
  const all = entries("spring", { heartbeats: answers(heartBeat) }, { heartbeatMs: given });
  expect(all.find(({ key }) => key === "heartbeatMs")?.value).toBe(becomes);
});

const works = { works: true, connectedMs: 5, tookMs: 5 } as const;
const fails = { works: false, why: "it connects, but no message arrives within 4 s" } as const;
const answering: Partial<Look> = {
  transports: {
    websocket: works,
    "xhr-streaming": works,
    "xhr-polling": works,
    eventsource: works,
    native: works,
  },
  subprotocol: { offered: works, notOffered: works },
  pageTransports: { htmlfile: true, jsonpPolling: true, iframeScript: "/sockjs.js" },
};
const carrying = { websocket: works, "xhr-polling": works, eventsource: works, native: works };

test.for<[string, TargetFacts["sessions"], ProfileInput, Partial<ProfileInput>]>([
  ["that answer, where no session showed more", undefined, {}, {}],
  [
    "that carried a whole session",
    { ...carrying, "xhr-streaming": fails, htmlfile: works, "jsonp-polling": fails },
    {},
    {
      transports: [
        "websocket",
        "xhr-polling",
        "eventsource",
        "htmlfile",
        "iframe-eventsource",
        "iframe-htmlfile",
        "iframe-xhr-polling",
      ],
    },
  ],
  [
    "inside an iframe that carried none",
    { ...carrying, eventsource: fails, "xhr-streaming": works, htmlfile: fails, "jsonp-polling": works },
    {},
    { transports: ["websocket", "xhr-streaming", "xhr-polling", "jsonp-polling", "iframe-xhr-polling"] },
  ],
  [
    "that are given",
    { ...carrying, native: fails },
    { transports: ["xhr-streaming"], nativeWebSocket: true },
    { transports: ["xhr-streaming"], nativeWebSocket: true },
  ],
  [
    "without a native WebSocket that carried none",
    { ...carrying, "xhr-streaming": works, htmlfile: works, "jsonp-polling": works, native: fails },
    {},
    { nativeWebSocket: false },
  ],
])("transports: those %s", ([, sessions, given, expected]) => {
  const all = entries("spring", answering, given, sessions);
  const found = all.filter(({ key }) => key === "transports" || key === "nativeWebSocket");
  expect(Object.fromEntries(found.map(({ key, value }) => [key, value]))).toEqual(expected);
});

test("of a target that refused CONNECT everywhere, nothing is suggested that a session would have to show", () => {
  const refused = { works: false, why: 'ERROR "Bad credentials"' } as const;
  const look: Partial<Look> = {
    transports: { websocket: refused, "xhr-polling": refused, native: refused },
    subprotocol: { offered: refused, notOffered: refused },
    pageTransports: { htmlfile: true, jsonpPolling: true, iframeScript: null },
  };
  expect(entries("sockjs-node", look).map(({ key }) => key)).toEqual(["name", "url"]);
});
