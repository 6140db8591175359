import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causes } from "./causes.ts";
import { parseProfile } from "./profile.ts";
import { contradictionsIn } from "./contradictions.ts";

const leave = { match: { "/type": "LEAVE" }, client: "/sender" };
const join = { match: { "/type": "JOIN" }, client: "/sender" };
const roster = { list: "", client: "" };
const start = { command: "java -jar chat.jar --port={port}" };
const login = { path: "/login", json: { user: "{client}" }, take: { token: "/token" } };

test("an empty profile is the source design's own flow", () => {
  expect(parseProfile({}, "p")).toMatchObject({
    transport: "sockjs",
    topic: "/topic/",
    identify: { destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" } },
    deadlines: { endedMs: 1000, silenceIntervals: 3 },
  });
});

/** A profile, the place that the answer names, and the mend. */
const wrong: readonly (readonly [profile: unknown, path: string, mend: RegExp])[] = [
  // Not a profile at all.
  [undefined, "the profile", /is missing; it must be an object/],
  [null, "the profile", /must be an object, not null/],
  ["text", "the profile", /must be an object, not a string/],
  [[], "the profile", /must be an object, not a list/],
  // Unknown keys, wherever they are.
  [{ topik: "/x" }, "the profile", /unknown key "topik"; valid keys: .*\btopic\b/],
  [{ deadlines: { ended: 1 } }, "deadlines", /unknown key "ended"; valid keys: endedMs, httpEndedMs/],
  [{ notice: { leaves: leave, leave } }, "notice", /unknown key "leaves"; valid keys: join, leave, roster/],
  [
    { notice: { leave: { ...leave, who: "/a" } } },
    "notice.leave",
    /unknown key "who"; valid keys: topic, match/,
  ],
  [{ before: [{ path: "/", body: "x" }] }, "before[0]", /unknown key "body"; valid keys: per, method, path/],
  [{ identify: { by: "connect", body: {} } }, "identify", /unknown key "body"; valid keys: by, confirmed/],
  // Wrong values.
  [{ name: "" }, "name", /must be non-empty/],
  [{ url: "localhost:8080/ws" }, "url", /must be an http:\/\/ or https:\/\/ address, such as/],
  [{ url: 8080 }, "url", /must be a string, not a number/],
  [{ transport: "websocket" }, "transport", /must be "sockjs" or "native"/],
  [{ nativeWebSocket: "no" }, "nativeWebSocket", /must be a boolean, not a string/],
  [{ origin: "chat.example" }, "origin", /must be an origin such as https:/],
  [{ topic: "" }, "topic", /must be non-empty/],
  [{ query: { token: 1 } }, "query.token", /must be a non-empty string/],
  [{ stomp: { versions: ["1.3"] } }, "stomp.versions[0]", /must be "1.0" or "1.1" or "1.2"/],
  [{ stomp: { versions: [] } }, "stomp.versions", /must be non-empty/],
  [{ ready: "soon" }, "ready", /must be "receipt", \{"delayMs": …\} or \{"probe"/],
  [{ identify: { by: "magic" } }, "identify.by", /must be "message", "connect", "subscribe" or "nothing"/],
  [{ identify: { body: {} } }, "identify.destination", /must be a non-empty string/],
  [
    { identify: { destination: "/ws", body: 3 } },
    "identify.body",
    /must be a JSON object or array, a string/,
  ],
  [
    { identify: { destination: "/a", body: {}, confirmed: true } },
    "identify.confirmed",
    /"join", "receipt" or/,
  ],
  [
    { notice: { leave: { match: { type: "LEAVE" } } } },
    "notice.leave.match.type",
    /must be a JSON pointer such as/,
  ],
  [
    { notice: { leave: { match: {} } } },
    "notice.leave.match",
    /must name something that only this one holds/,
  ],
  [{ notice: { leave: { pattern: "(" } } }, "notice.leave.pattern", /must be a regular expression/],
  [{ notice: { roster: { list: "users", client: "" } } }, "notice.roster.list", /JSON pointer/],
  [{ sessions: "all" }, "sessions", /must be "each" or "last"/],
  [{ unidentified: "maybe" }, "unidentified", /must be "announced" or "silent" or "unknown"/],
  [{ heartbeatMs: -1 }, "heartbeatMs", /must be at least 0/],
  [{ deadlines: { endedMs: 0 } }, "deadlines.endedMs", /must be at least 1/],
  [{ deadlines: { endedMs: 1.5 } }, "deadlines.endedMs", /must be a whole number/],
  [{ deadlines: { silenceIntervals: 101 } }, "deadlines.silenceIntervals", /must be at most 100/],
  [
    { deadlines: { causes: { clsoe: 5 } } },
    "deadlines.causes.clsoe",
    /did you mean "close"\? .*\babort, .*kill-target/,
  ],
  [
    { deadlines: { causes: { "silent-drop-gone": 5 } } },
    `deadlines.causes["silent-drop-gone"]`,
    /silent-drop-frozen/,
  ],
  [{ deadlines: { causes: { fin: "fast" } } }, "deadlines.causes.fin", /must be a number, not a string/],
  [{ before: {} }, "before", /must be a list, not an object/],
  [
    { before: [{ ...login, take: { token: "token" } }] },
    "before[0].take.token",
    /must be a JSON pointer such as/,
  ],
  [{ before: [{ ...login, status: [2000] }] }, "before[0].status[0]", /must be at most 599/],
  [{ start: {}, url: "http://a/ws" }, "start.command", /is missing; it must be a string/],
  [{ waivers: [{ requirement: "X" }] }, "waivers[0].reason", /is missing; it must be a string/],
  [{ probe: { path: "probe", mappings: "" } }, "probe.path", /must be a path such as "\/probe"/],
  // What can't both be so.
  [{ notice: {} }, "notice", /must describe `leave` .*, or `roster` alone/],
  [{ notice: { leave, roster } }, "notice", /has a `roster`, which announces both/],
  [{ notice: { join, roster } }, "notice", /has a `roster`, which announces both/],
  [{ notice: { leave: { client: "/a" } } }, "notice.leave", /must be recognizable, by `match`, `text`/],
  [{ notice: { leave: { text: "x", pattern: "y" } } }, "notice.leave", /has both `text` and `pattern`/],
  [{ notice: { leave: { ...leave, at: "/a" } } }, "notice.leave.at", /neither `text` nor `pattern`/],
  [
    { notice: { leave: { text: "{client} left", client: "/a" } } },
    "notice.leave.client",
    /Leave one of them out/,
  ],
  [
    { notice: { join: { match: { "/a": 1 } }, leave } },
    "notice.join",
    /add the name's place, or leave out `join`/,
  ],
  [{ notice: { leave, names: "session" } }, "notice.names", /must hold \{client\}, \{sessionId\}/],
  [
    { notice: { leave: { match: { "/a": 1 } } }, sessions: "last" },
    "sessions",
    /must be "each" where notices name session ids or nobody/,
  ],
  [{ notice: { leave, names: "{sessionId}" }, sessions: "last" }, "sessions", /must be "each" where notices/],
  [{ graceMs: 500 }, "graceMs", /needs `sessions`: "last"/],
  [
    { notice: { leave, names: "{site}" }, before: [{ path: "/site", per: "run", take: { site: "/id" } }] },
    "notice.names",
    /is the same for every client/,
  ],
  [{ notice: { leave, names: "{room}" } }, "notice.names", /is the same for every client/],
  [
    {
      before: [{ path: "/site/{client}", per: "run", take: { key: "/key" } }],
      query: { key: "{key}" },
      identify: { by: "connect" },
    },
    "identify",
    /nothing names the client/,
  ],
  [
    { identify: { by: "connect" } },
    "identify",
    /put \{client\}, or a value .* into `stomp.headers`, `query`/,
  ],
  [{ identify: { by: "subscribe", headers: { x: "y" } } }, "identify.headers", /must hold \{client\}/],
  [{ identify: { by: "nothing" } }, "identify", /they name session ids .* or nobody/],
  [
    { identify: { by: "connect", confirmed: "receipt" }, query: { c: "{client}" } },
    "identify.confirmed",
    /use "join" or \{"delayMs"/,
  ],
  [
    { notice: { leave }, identify: { destination: "/a", body: {}, confirmed: "join" } },
    "identify.confirmed",
    /describe `notice.join`, or use "receipt"/,
  ],
  [
    { topic: "/topic/{rom}" },
    "topic",
    /\{rom\} is unknown; known names: \{client\}, \{sessionId\}, \{room\}/,
  ],
  [
    { before: [login], stomp: { headers: { Authorization: "{tokn}" } } },
    "stomp",
    /\{tokn\} is unknown; known names: .*\{token\}/,
  ],
  [{ ready: { probe: { destination: "/a", body: "hello" } } }, "ready.probe.body", /must hold \{probe\}/],
  [{ after: [{ ...login, form: { a: "b" } }] }, "after[0]", /has both `json` and `form`/],
  [{ after: [{ path: "/users/{user}" }] }, "after", /\{user\} is unknown/],
  [{ after: [{ ...login, take: { user: "/id" } }], topic: "/{user}" }, "topic", /\{user\} is unknown/],
  [{ before: [{ ...login, form: { a: "b" } }] }, "before[0]", /has both `json` and `form`/],
  [{ before: [{ ...login, method: "GET" }] }, "before[0]", /is a GET with a body; use POST/],
  [{ start }, "url", /is missing: it must be the URL of the target/],
  [{ start, url: "http://localhost:8080/ws" }, "url", /must hold \{port\}, like `start.command`/],
  [{ url: "http://localhost:{port}/ws" }, "url", /only works with \{port\} in `start.command`/],
  [{ url: "ws://localhost/ws", transport: "sockjs" }, "transport", /is "sockjs", which needs an http/],
  [{ notice: { leave: { text: "{user} left" } } }, "notice.leave.text", /a text may hold \{client\} only/],
  [{ notice: { leave: { pattern: "(\\w+) left" } } }, "notice.leave.pattern", /write it as \(\?<client>…\)/],
  [
    { before: [{ ...login, take: { token: { pattern: "token" } } }] },
    "before[0].take.token",
    /without a group.*put \( \) around the part/,
  ],
  [
    { announced: "subscribers", identify: { by: "subscribe", headers: { nick: "{client}" } } },
    "announced",
    /leave it out/,
  ],
  [{ unidentified: "announced" }, "unidentified", /use `notice.names`: "\{sessionId\}", or notices/],
  [
    { url: "ws://localhost/ws", notice: { leave, names: "{sessionId}" } },
    "notice.names",
    /a native WebSocket does not have/,
  ],
  [{ transports: ["htmlfile"] }, "transports", /must hold a transport that needs no page: websocket/],
  [{ url: "http://[::1" }, "url", /is not a URL; write it as/],
  [{ headers: { Cookie: "a=b" } }, "headers.Cookie", /has a key of its own: `cookies`/],
  [{ reconcile: "silent" }, "reconcile", /only a `probe` or a `roster` can show; add one/],
  [
    { probe: { path: "/p", mappings: "/n", events: { list: "", session: "/id", headers: "/headers" } } },
    "probe.events",
    /by `connect`, by `frame`, or by both/,
  ],
  [{ probe: { path: "/p", mappings: "n" } }, "probe.mappings", /JSON pointer/],
  [
    { roster: { destination: "/topic/", list: "", client: "" } },
    "roster.destination",
    /describe a list on that topic as `notice.roster`/,
  ],
  [
    { roster: { destination: "/app/there", list: "", client: "" }, notice: { leave: { text: "one left" } } },
    "roster",
    /notices name nobody/,
  ],
  [{ notice: { roster: { list: [], client: "" } } }, "notice.roster.list", /must be non-empty/],
  [{ notice: { roster: { list: "/a", client: "name" } } }, "notice.roster.client", /"key" if its key is/],
  [
    { notice: { roster: { list: ["/a/*", "/b"], client: "key" } } },
    "notice.roster.client",
    /has no `\*` for the keys; write/,
  ],
  [
    { roster: { destination: "/app/there", list: "/users", client: "key" } },
    "roster.client",
    /has no `\*` for the keys; write/,
  ],
  [{ roster: { destination: "/app/{rom}", list: "", client: "" } }, "roster", /\{rom\} is unknown/],
  [{ deadlines: { connectMs: 0 } }, "deadlines.connectMs", /must be at least 1/],
  [{ refused: {} }, "refused", /has no credentials: add `stomp.headers`/],
  [{ expires: { afterMs: 500 } }, "expires", /has no credentials: add `stomp.headers`/],
  [{ refused: { query: { token: "{tokne}" } } }, "refused", /\{tokne\} is unknown/],
  [{ logout: { path: "/out", json: {}, form: {} } }, "logout", /a request has one body/],
];

describe("a wrong profile", () => {
  test.each(wrong)("%j", (profile, path, mend) => {
    const lines = complaintsAbout(profile);
    const told = lines.filter((line) => line.startsWith(`${path}: `) && mend.test(line));
    expect(told, lines.join("\n")).toHaveLength(1);
  });

  test("has everything told at once, contradictions also", () => {
    const lines = complaintsAbout({ topic: "", a: 1, sessions: "some", graceMs: 5, headers: { Host: "x" } });
    expect(lines.map((line) => line.replace(/:.*/, "")).sort()).toEqual(
      ["graceMs", "headers.Host", "sessions", "the profile", "topic"].sort(),
    );
  });

  test("never makes looking for contradictions fail", () => {
    fc.assert(
      fc.property(fc.anything(), fc.object({ key: fc.constantFrom(...keys) }), (anything, object) => {
        contradictionsIn(anything);
        contradictionsIn(object);
      }),
    );
  });
});

const keys = [
  "notice",
  "leave",
  "join",
  "names",
  "identify",
  "before",
  "after",
  "take",
  "start",
  "ready",
  "probe",
  "events",
  "roster",
  "destination",
  "url",
  "text",
];

/** Each line of what is said of a profile. */
function complaintsAbout(profile: unknown): string[] {
  try {
    parseProfile(profile, "my.config.json");
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split("\n");
    expect(first).toBe("my.config.json is no valid profile:");
    return lines.map((line) => line.trim());
  }
  return [];
}

test("an address may be a WebSocket's own, and then needs no transport", () => {
  expect(parseProfile({ url: "wss://chat.example/ws" }, "p")).toMatchObject({
    url: "https://chat.example/ws",
    transport: "native",
  });
  expect(parseProfile({ url: "https://chat.example/ws" }, "p").transport).toBe("sockjs");
});

const guest = { path: "/guest", take: { userId: "/id" } };

test.each([
  ["by a header of CONNECT", { identify: { by: "connect" }, stomp: { headers: { "X-User": "{client}" } } }],
  [
    "behind a log-in",
    { before: [login], identify: { by: "connect" }, stomp: { headers: { Authorization: "Bearer {token}" } } },
  ],
  ["by a function", { identify: { by: "connect" }, query: { u: ({ client = "" }) => client } }],
  [
    "by an id that the server gives in CONNECT",
    {
      before: [guest],
      identify: { by: "connect" },
      stomp: { headers: { user: "{userId}" } },
      notice: { leave, names: "{userId}" },
    },
  ],
  [
    "by an id that the server gives in SUBSCRIBE",
    { before: [guest], identify: { by: "subscribe", headers: { user: "{userId}" } } },
  ],
  [
    "by a cookie that the server gives",
    { before: [guest], identify: { by: "connect" }, notice: { leave, names: "{userId}" } },
  ],
  ["by nothing", { identify: { by: "nothing" }, notice: { leave: { text: "somebody left" } } }],
])("who a client is may be known %s", (_how, profile) => {
  expect(complaintsAbout(profile)).toEqual([]);
});

test("deadlines take every cause", () => {
  const each = Object.fromEntries(causes.map((cause) => [cause, 5]));
  expect(parseProfile({ deadlines: { causes: each } }, "the test").deadlines.causes).toEqual(each);
  for (const cause of ["silent-drop-frozen", "malformed-identify", "kill-target", "tab-closed"])
    expect(causes).toContain(cause);
});
