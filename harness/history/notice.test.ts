import fc from "fast-check";
import { expect, test } from "vitest";
import { countsNotices, namesNobody, NoticeReader, tellsJoins, topicsOf } from "./notice.ts";
import { parseProfile } from "../profile/profile.ts";

const patterns = {
  join: { match: { "/event": "join" }, client: "/who/name" },
  leave: { match: { "/event": "leave", "/v": 1 }, client: "/who/name", cause: "/why" },
};

const profileOf = (notice: object) => parseProfile({ notice }, "a test");
const notices = (notice: object) => profileOf(notice).notice;
/** On the default topic, unless the test says otherwise. */
function readerOf(notice: object) {
  const reader = new NoticeReader(profileOf(notice), { room: "r1" });
  return { read: (body: string, topic = "/topic/") => reader.read(body, topic) };
}
const readNotice = (body: string, notice: object, topic?: string) =>
  readerOf(notice).read(body, topic)?.[0] ?? null;

test("reads a leave and a join by their patterns", () => {
  const body = { event: "leave", v: 1, who: { name: "alice" }, why: "closed" };
  expect(readNotice(JSON.stringify(body), patterns)).toEqual({
    event: "leave",
    client: "alice",
    cause: "closed",
  });
  expect(readNotice(JSON.stringify({ ...body, event: "join" }), patterns)).toEqual({
    event: "join",
    client: "alice",
    cause: null,
  });
});

test("a notice that names nobody, and one that names something else than a text", () => {
  expect(readNotice('{"event":"join"}', patterns)?.client).toBeNull();
  expect(readNotice('{"event":"join","who":{"name":null}}', patterns)?.client).toBeNull();
  expect(readNotice('{"event":"join","who":{"name":[1]}}', patterns)?.client).toBe("[1]");
});

test("all of a pattern must match; pointers may be escaped, and reach no inherited properties", () => {
  expect(readNotice('{"event":"leave","v":2}', patterns)).toBeNull();
  expect(readNotice('{"event":"join"}', { leave: patterns.leave })).toBeNull();
  const escaped = { leave: { match: { "/a~1b/~0": true }, client: "/toString" } };
  expect(readNotice('{"a/b":{"~":true}}', escaped)).toEqual({ event: "leave", client: null, cause: null });
});

test("where notices name nobody, all are somebody's", () => {
  expect(readNotice('{"v":1}', { leave: { match: { "/v": 1 } } })?.client).toBe("somebody");
});

test("what a target's notices tell: of whom, of joins, and how often", () => {
  const roster = { roster: { list: "/in", client: "/name" } };
  const nameless = { leave: { match: { "/v": 1 } } };
  const told = [patterns, roster, nameless, { ...patterns, repeats: true }].map(notices);
  expect(told.map(namesNobody)).toEqual([false, false, true, false]);
  expect(told.map(tellsJoins)).toEqual([true, true, false, true]);
  expect(told.map(countsNotices)).toEqual([true, false, true, false]);
});

test("of lists, each says who has come and gone since the one before, as often as they have", () => {
  const reader = readerOf({ roster: { list: "/in", client: "/name" } });
  const list = (...names: string[]) =>
    reader
      .read(JSON.stringify({ in: names.map((name) => ({ name })) }))
      ?.map(({ event, client }) => `${event} ${String(client)}`);
  expect(list("a", "b", "b")).toEqual(["join a", "join b", "join b"]);
  expect(list("b", "c", "a")).toEqual(["leave b", "join c"]);
  expect(list()).toEqual(["leave b", "leave c", "leave a"]);
  expect(list()).toEqual([]);
});

/** Rosters by form: the places of their names, and the names of the first content and then of the second. */
test.each<[what: string, roster: object, first: unknown, second: unknown, names: string, changes: string]>([
  [
    "a host and guests",
    { list: ["/host", "/guests"], client: "/name" },
    { host: "alice", guests: [{ name: "bob" }, { name: "carol" }] },
    { host: { name: "bob" }, guests: [{ name: "carol" }] },
    "alice bob carol",
    "leave alice",
  ],
  [
    "a host who is also a guest, and then nobody",
    { list: ["/host", "/guests/*/name"], client: "" },
    { host: "alice", guests: [{ name: "alice" }, { name: "bob" }] },
    { host: null, guests: [] },
    "alice bob",
    "leave alice, leave bob",
  ],
  [
    "several lists, one of which is left out when it is empty",
    { list: ["/online", "/away"], client: "" },
    { online: ["alice", "bob"] },
    { online: ["bob"], away: ["alice"] },
    "alice bob",
    "",
  ],
  [
    "nested objects",
    { list: "/room/members", client: "/user/name" },
    { room: { members: [{ user: { name: "alice" } }] } },
    { room: { members: [] } },
    "alice",
    "leave alice",
  ],
  [
    "an object keyed by id",
    { list: "/users/*", client: "/name" },
    { users: { s1: { name: "alice" }, s2: { name: "alice" }, s3: { name: "bob" } } },
    { users: { s2: { name: "alice" }, s3: { name: "bob" } } },
    "alice alice bob",
    "leave alice",
  ],
  [
    "an object keyed by name, with any values",
    { list: "/*", client: "key" },
    { alice: true, bob: null, carol: [] },
    { bob: 0 },
    "alice bob carol",
    "leave alice, leave carol",
  ],
  [
    "an object of ids and names",
    { list: "/users/*", client: "" },
    { users: { s1: "alice", s2: "bob" } },
    { users: {} },
    "alice bob",
    "leave alice, leave bob",
  ],
  [
    "several rooms, in two of which one is",
    { list: "/rooms/*/members", client: "" },
    { rooms: { a: { members: ["alice", "bob"] }, b: { members: ["alice"] } } },
    { rooms: { a: { members: ["bob"] }, b: { members: [] } } },
    "alice bob",
    "leave alice",
  ],
  [
    "entries that stay with a flag",
    { list: "/users", client: "/name", present: { "/online": true } },
    {
      users: [
        { name: "alice", online: true },
        { name: "bob", online: false },
      ],
    },
    {
      users: [
        { name: "alice", online: false },
        { name: "bob", online: true },
      ],
    },
    "alice",
    "leave alice, join bob",
  ],
  [
    "flags keyed by name",
    { list: "/*", client: "key", present: { "": "online" } },
    { alice: "online", bob: "online" },
    { alice: "offline", bob: "online" },
    "alice bob",
    "leave alice",
  ],
])("a roster of %s", (_what, roster, first, second, names, changes) => {
  const reader = readerOf({ roster });
  const read = (content: unknown) =>
    reader.read(JSON.stringify(content))?.map(({ event, client }) => `${event} ${String(client)}`);
  expect(read(first)).toEqual(names.split(" ").map((name) => `join ${name}`));
  for (const other of [{ users: 3 }, { rooms: { a: 1 } }, [], "x", 5, { room: {} }])
    if (!("list" in roster && roster.list === "/*")) read(other);
  expect(read(second)?.join(", ")).toBe(changes);
});

test("a list that repeats a name without end gives few notices, and a huge list is read", () => {
  const reader = readerOf({ roster: { list: "/rooms/*/in", client: "" } });
  const rooms = (names: readonly string[]) => JSON.stringify({ rooms: [{ in: names }] });
  expect(reader.read(rooms(Array.from({ length: 100_000 }, () => "alice")))).toHaveLength(100);
  const many = Array.from({ length: 20_000 }, (_, n) => `user${n}`);
  expect(reader.read(rooms(many))).toHaveLength(20_100);
});

test("what is no such list changes nothing", () => {
  const reader = readerOf({ roster: { match: { "/type": "users" }, list: "/in", client: "" } });
  expect(reader.read('{"type":"users","in":["a"]}')).toHaveLength(1);
  for (const other of [
    '{"type":"rooms","in":[]}',
    '{"type":"users"}',
    '{"type":"users","in":[null]}',
    "[]",
    "x",
  ])
    expect(reader.read(other), other).toBeUndefined();
  expect(reader.read('{"type":"users","in":["a"]}')).toEqual([]);
});

test.each(["null", '{"event":null}', '{"event":"join","who":null}', '{"event":"join","who":"a"}'])(
  "where a pointer leads to nothing, there is no name: %s",
  (body) => {
    expect(readNotice(body, patterns)?.client ?? null).toBeNull();
  },
);

test("whatever arrives, it is read or it is no notice", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(() => readNotice(body, patterns)).not.toThrow();
    }),
  );
});

test.each([
  ["{client} has left", "alice (2) has left", "alice (2)"],
  ["{client} has left", "ALICE HAS LEFT", undefined],
  ["* {client} quit ({client})", "* bob quit (bob)", "bob"],
  ["* {client} quit ({client})", "* bob quit (eve)", undefined],
  ["Bye, {client}!", '"Bye, bob!"', "bob"],
])("a text as a template: %s, %s", (text, body, client) => {
  expect(readNotice(body, { leave: { text } })?.client).toBe(client);
});

test("whoever a text is about is found in it, whatever the name", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (client, before, after) => {
      fc.pre(!/\{\w+\}/.test(before + after));
      const text = `${before}<{client}>${after}`;
      const content = text.replace("{client}", () => client);
      const leave = { match: { "/type": "SYSTEM" }, at: "/content", text };
      expect(readNotice(JSON.stringify({ type: "SYSTEM", content }), { leave })?.client).toBe(client);
      expect(readNotice(JSON.stringify({ type: "CHAT", content }), { leave })).toBeNull();
    }),
  );
});

test("a text by a regular expression, and by a function", () => {
  const byPattern = { leave: { pattern: "^(?<client>\\w+) (left|quit)$" } };
  expect(readNotice("bob quit", byPattern)?.client).toBe("bob");
  expect(readNotice("bob came", byPattern)).toBeNull();
  const text = (said: string) => (said.startsWith("- ") ? said.slice(2) : undefined);
  expect(readNotice("- bob", { leave: { text } })?.client).toBe("bob");
  expect(readNotice("+ bob", { leave: { text } })).toBeNull();
  expect(readNotice("somebody quit", { leave: { text: "somebody quit" } })?.client).toBe("somebody");
});

test("a notice counts only on its own topic, which may be each case's", () => {
  const leave = { topic: "/topic/out/{room}", client: "/0" };
  const join = { topic: "/topic/in", client: "/0" };
  const tells = (topic: string) => readNotice('["bob"]', { leave, join }, topic)?.event;
  expect(tells("/topic/out/r1")).toBe("leave");
  expect(tells("/topic/in")).toBe("join");
  expect(tells("/topic/out/r2")).toBeUndefined();
  expect(topicsOf(profileOf({ leave, join }), { room: "r1" })).toEqual(["/topic/in", "/topic/out/r1"]);
});
