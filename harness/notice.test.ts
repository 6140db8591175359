import fc from "fast-check";
import { expect, test } from "vitest";
import { countsNotices, identifyBody, namesNobody, NoticeReader, tellsJoins } from "./notice.ts";
import { parseProfile } from "./profile.ts";

const patterns = {
  join: { match: { "/event": "join" }, client: "/who/name" },
  leave: { match: { "/event": "leave", "/v": 1 }, client: "/who/name", cause: "/why" },
};

const notices = (notice: object) => parseProfile({ notice }, "a test").notice;
const readerOf = (notice: object) => new NoticeReader(notices(notice));
const readNotice = (body: string, notice: object) => readerOf(notice).read(body)?.[0] ?? null;

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

test("the identify body is the template with the client's data put in, whatever the data holds", () => {
  fc.assert(
    fc.property(fc.string(), (client) => {
      const template = { sessionId: "{sessionId}", deep: [{ name: "{client}" }], n: 1, none: null };
      const body: unknown = JSON.parse(identifyBody(template, client));
      expect(body).toEqual({ sessionId: "{sessionId}", deep: [{ name: client }], n: 1, none: null });
    }),
  );
});
