import fc from "fast-check";
import { expect, test } from "vitest";
import { foreignOrigin, type FromOrigin } from "../ask/web.ts";
import { collectFindings, findings, ofReached, type DoctorFinding } from "./findings.ts";
import { nothingKnown, type Look, type LookFacts } from "../ask/look.ts";
import type { Reached } from "../ask/reach.ts";

const works = { works: true, tookMs: 5 } as const;
const came = { came: true, afterMs: 3 } as const;
const missed = { came: false, why: "none within 2 s" } as const;
const fails = { works: false, why: "closed 404" } as const;

const from = (origin: string | null, status = 200): FromOrigin => ({
  origin,
  info: { allowed: status < 400, status },
  handshake: { allowed: status < 400, status: status < 400 ? 101 : status },
});

/** A target at which nothing is amiss. */
const sound: Look = {
  url: "http://127.0.0.1/ws",
  tookMs: 9_000,
  patienceMs: 9_000,
  transports: {
    websocket: works,
    "xhr-streaming": works,
    "xhr-polling": works,
    eventsource: works,
    native: works,
  },
  main: "websocket",
  versions: { "1.2": { accepted: true }, "1.1": { accepted: true }, "1.0": { accepted: true } },
  subprotocol: { offered: works, notOffered: works },
  heartbeats: { "1000,1000": "1000,1000", "0,0": "1000,1000", "60000,60000": "1000,1000" },
  beats: { periodMs: 1_000, heard: 6, longestGapMs: 1_010, watchedMs: 6_000, ended: null },
  silence: { periodMs: 1_000, droppedAfterMs: 3_100, ended: "closed 1002", watchedMs: 3_100 },
  receipts: { subscribe: came, send: came, disconnect: came },
  echoes: came,
  sockJsHeartbeat: {
    plain: { afterMs: 5_000, as: "h", watchedMs: 5_000, ended: null },
    connected: { afterMs: 5_000, as: "h", watchedMs: 5_000, ended: null },
  },
  disconnectDelay: { aliveAtMs: 4_000, goneAtMs: 5_000 },
  origins: { none: from(null), own: from("http://127.0.0.1"), foreign: from(foreignOrigin, 403) },
  twiceOnWebSocket: { second: "closed 2010", first: "open", answered: "first" },
  twiceOnXhr: { second: "closed 2010", first: "open", answered: "first" },
  cookies: { set: [] },
  compression: false,
  pageTransports: { htmlfile: true, jsonpPolling: false, iframeScript: "https://cdn.example/sockjs.js" },
  unlearned: {},
};

const like = (looksLike: "spring" | "sockjs-node" | "unknown"): Reached => ({
  kind: "sockjs",
  info: { websocket: true, origins: ["*:*"], cookieNeeded: false },
  looksLike,
  evidence: "info says so",
});

const found = (change: Partial<Look>, reached = like("spring")) => findings(reached, { ...sound, ...change });
const told = (list: readonly DoctorFinding[], subject: string) =>
  list.filter((one) => one.subject === subject);

test("a sound target has no problems, and says by what it looks like Spring", () => {
  expect(found({}).filter(({ level }) => level === "problem")).toEqual([]);
  expect(found({})[0]?.says).toContain("it looks like Spring: info says so");
});

const none = { "1000,1000": "0,0", "0,0": "0,0", "60000,60000": "0,0" };
const beats = { periodMs: 1_000, heard: 6, longestGapMs: 1_010, watchedMs: 6_000, ended: null };
const beat = { afterMs: 5_000, as: "h", watchedMs: 5_000, ended: null } as const;
const noBeat = { afterMs: null, as: null, watchedMs: 9_000, ended: null } as const;

test.for<[string, Partial<Look>, string, DoctorFinding["level"], string[]]>([
  [
    "no TaskScheduler",
    { heartbeats: none },
    "heartbeats",
    "problem",
    [
      "heart-beat:0,0",
      "a run fails LEAVE-ON-SILENT-DROP",
      "TaskScheduler",
      "setHeartbeatValue(new long[] {10000, 10000})",
      "docs/servers.md",
    ],
  ],
  [
    "heartbeats one way",
    { heartbeats: { ...none, "1000,1000": "0,10000" } },
    "heartbeats",
    "note",
    ["itself sends none", '"heartbeatMs": 10000'],
  ],
  [
    "promised, not sent",
    { beats: { ...beats, heard: 0, longestGapMs: 6_000 } },
    "heartbeats",
    "problem",
    ["0 heartbeats in 6 s"],
  ],
  [
    "watched too briefly",
    { beats: { ...beats, periodMs: 10_000, heard: 0, longestGapMs: 9_000, watchedMs: 9_000 } },
    "heartbeats",
    "note",
    ["too short to tell", "55 s of patience"],
  ],
  [
    "drops the living",
    { beats: { ...beats, ended: "closed 1002" } },
    "heartbeats",
    "problem",
    ["a client that sends its heartbeats was dropped after 6 s: closed 1002"],
  ],
  [
    "drops the living, too",
    { beats: { ...beats, ended: "closed 1002" } },
    "silence",
    "note",
    ["this shows nothing"],
  ],
  [
    "silence goes unnoticed",
    { silence: { periodMs: 1_000, droppedAfterMs: null, ended: null, watchedMs: 6_000 } },
    "silence",
    "problem",
    ["silent for 6 s, and was not dropped"],
  ],
  [
    "silence watched too briefly",
    { silence: { periodMs: 10_000, droppedAfterMs: null, ended: null, watchedMs: 9_000 } },
    "silence",
    "note",
    ["up to 50 s", "55 s of patience"],
  ],
  [
    "dropped within the period",
    { silence: { periodMs: 1_000, droppedAfterMs: 900, ended: "closed 1002", watchedMs: 900 } },
    "silence",
    "problem",
    ["allow a margin"],
  ],
  [
    "no receipts",
    { receipts: { subscribe: missed, send: missed, disconnect: came } },
    "receipts",
    "note",
    ["normal for the simple broker", '"ready": {"probe": …}'],
  ],
  [
    "no receipts, no echo",
    { receipts: { subscribe: missed, send: missed, disconnect: missed }, echoes: missed },
    "receipts",
    "note",
    ['or else {"delayMs": 500}'],
  ],
  ["no echo", { echoes: missed }, "echo", "note", ["does not come back"]],
  [
    "open to all",
    { origins: { none: from(null), own: from("http://127.0.0.1"), foreign: from(foreignOrigin) } },
    "origins",
    "problem",
    ['in place of `setAllowedOriginPatterns("*")`', foreignOrigin],
  ],
  [
    "open on WebSocket only",
    {
      origins: {
        none: from(null),
        own: from("http://127.0.0.1"),
        foreign: { ...from(foreignOrigin), info: { allowed: false, status: 403 } },
      },
    },
    "origins",
    "problem",
    ["though info refuses them"],
  ],
  [
    "closed to its own",
    { origins: { none: from(null), own: from("http://127.0.0.1", 403), foreign: from(foreignOrigin, 403) } },
    "origins",
    "problem",
    ["own origin http://127.0.0.1 are refused", "forward-headers-strategy"],
  ],
  [
    "closed to the nameless",
    { origins: { none: from(null, 403), own: from("http://127.0.0.1"), foreign: from(foreignOrigin, 403) } },
    "origins",
    "note",
    ["`origin`"],
  ],
  [
    "takes a session over",
    { twiceOnWebSocket: { second: "opened", first: "open", answered: "second" } },
    "session ids",
    "problem",
    ["takes it over"],
  ],
  [
    "two with one id",
    { twiceOnWebSocket: { second: "opened", first: "open", answered: "first" } },
    "session ids",
    "note",
    ["side by side"],
  ],
  [
    "two receivers",
    { twiceOnXhr: { second: "opened", first: "open", answered: "first" } },
    "session ids",
    "problem",
    ["2010"],
  ],
  [
    "no heartbeat once connected",
    { sockJsHeartbeat: { plain: beat, connected: noBeat } },
    "sockjs heartbeat",
    "problem",
    ["none on a session that is connected", "heartbeatOutgoing"],
  ],
  [
    "no heartbeat so far",
    { sockJsHeartbeat: { plain: noBeat, connected: null } },
    "sockjs heartbeat",
    "note",
    ["none on an idle session within 9 s", "30 s of patience"],
  ],
  [
    "sessions that stay",
    { disconnectDelay: { aliveAtMs: 8_000, goneAtMs: null } },
    "disconnect delay",
    "note",
    ["still there after 8 s", "setDisconnectDelay(5000)"],
  ],
  [
    "sessions that go at once",
    { disconnectDelay: { aliveAtMs: null, goneAtMs: 1_000 } },
    "disconnect delay",
    "note",
    ["within 1 s"],
  ],
  [
    "no STOMP",
    { transports: { websocket: fails, native: fails } },
    "transports",
    "problem",
    ["websocket, native: closed 404", "`before`"],
  ],
  [
    "a refused CONNECT",
    { transports: { websocket: { works: false, why: 'ERROR "Access denied", with the body "no token"' } } },
    "transports",
    "problem",
    ['websocket: ERROR "Access denied", with the body "no token"', "passcode", "Authorization", '"query"'],
  ],
  [
    "no native WebSocket",
    { transports: { websocket: works, native: fails } },
    "transports",
    "note",
    ['"nativeWebSocket": false'],
  ],
  [
    "STOMP 1.0 only",
    {
      versions: {
        "1.2": { accepted: false, why: "" },
        "1.1": { accepted: false, why: "" },
        "1.0": { accepted: true },
      },
    },
    "versions",
    "problem",
    ["has no heartbeats"],
  ],
  [
    "a subprotocol that it can't take",
    { subprotocol: { offered: fails, notOffered: works } },
    "subprotocol",
    "note",
    ["must not offer", '"nativeWebSocket": false'],
  ],
  [
    "a subprotocol that it wants",
    { subprotocol: { offered: works, notOffered: fails } },
    "subprotocol",
    "note",
    ["has to offer"],
  ],
  ["cookies", { cookies: { set: ["JSESSIONID"] } }, "cookies", "note", ["JSESSIONID"]],
])("%s", ([, change, subject, level, words]) => {
  const those = told(found(change), subject).filter((one) => one.level === level);
  const text = those.map(({ says, mend = "" }) => `${says}\n${mend}`).join("\n");
  for (const word of words) expect(text).toContain(word);
});

test("Spring's terms stand alone only where it looks like Spring", () => {
  const mends = (["spring", "sockjs-node", "unknown"] as const).map((kind) => {
    const [first] = told(found({ heartbeats: none }, like(kind)), "heartbeats");
    return first?.mend ?? "";
  });
  expect(mends.map((mend) => mend.includes("TaskScheduler"))).toEqual([true, false, true]);
  expect(mends[2]).toContain("if it is Spring");
});

test("what was unknown is told once for each reason", () => {
  const why = "no transport led to CONNECTED";
  const list = found({
    versions: null,
    beats: null,
    silence: null,
    unlearned: { versions: why, beats: why, silence: "late" },
  });
  expect(list.filter(({ says }) => says.startsWith("unknown"))).toEqual([
    { subject: "versions, heartbeats", level: "note", says: `unknown: ${why}` },
    { subject: "silence", level: "note", says: "unknown: late" },
  ]);
});

test("whatever is missing, the rest is told, and each problem has its mend", () => {
  const questions = Object.keys(sound).filter(
    (name) => !["url", "tookMs", "patienceMs", "unlearned"].includes(name),
  );
  fc.assert(
    fc.property(fc.subarray(questions), (missing) => {
      const nulls = Object.fromEntries(missing.map((name) => [name, null]));
      const unlearned = Object.fromEntries(missing.map((name) => [name, `no ${name}`]));
      const list = found({ ...nulls, unlearned, heartbeats: missing.includes("heartbeats") ? null : none });
      for (const { level, says, mend = "" } of list) {
        expect(says).not.toMatch(/undefined|null|NaN|\[object/);
        expect(level !== "problem" || mend !== "").toBe(true);
      }
      for (const name of missing) expect(list.some(({ says }) => says === `unknown: no ${name}`)).toBe(true);
      expect(list.some(({ level }) => level === "problem")).toBe(!missing.includes("heartbeats"));
    }),
  );
});

const factNames = Object.keys(nothingKnown) as (keyof LookFacts)[];

test("each finding is told once, in whichever order the facts become known, and not before all of its facts", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(factNames, { minLength: factNames.length }), (order) => {
      const list: DoctorFinding[] = [];
      const reached = like("spring");
      const collect = collectFindings(reached, sound.url, (one) => list.push(one));
      for (const name of order) {
        collect(name, sound[name]);
        const [silence] = told(list, "silence");
        const known = new Set(order.slice(0, order.indexOf(name) + 1));
        expect(silence !== undefined).toBe(known.has("silence") && known.has("beats"));
      }
      const words = (all: readonly DoctorFinding[]) =>
        all.map(({ subject, says }) => `${subject} ${says}`).sort();
      expect(words([...ofReached(reached), ...list])).toEqual(words(findings(reached, sound)));
    }),
  );
});
