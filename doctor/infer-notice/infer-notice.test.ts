import { expect, test } from "vitest";
import { inferNotice } from "./infer-notice.ts";
import { lives, on, readAgain, topic, type SampleNames } from "./sample-lives.ts";

const inferred = (shape: SampleNames, clients?: string[]) => inferNotice(lives(shape, clients));

/** That the real reader reads one leave of each session at its end, of the right one, and none before. */
function expectReadable(shape: SampleNames, nobody = false) {
  const watched = lives(shape);
  const found = inferNotice(watched);
  for (const { named, before, identified, ended } of readAgain(found, watched)) {
    const own = nobody ? "somebody" : named;
    const leaves = (notices: typeof before) =>
      notices.filter(({ event, client }) => event === "leave" && (client === null || client === own)).length;
    expect([before, identified, ended].map(leaves)).toEqual([0, 0, 1]);
  }
  return found;
}

const heartbeat = { type: "PING", at: "2026-11-22T10:00:00Z" };
const chat = (sender: string, content: string) => ({ type: "CHAT", sender, content });

test("events with a kind, whom they name and a cause", () => {
  const event = (event: string, who: string) => ({ event, ref: `r-${event}-${who}`, clientData: who });
  const found = expectReadable({
    join: ({ client }) => [event("join", client)],
    leave: ({ client }) => [{ ...event("leave", client), cause: "closed" }],
  });
  expect(found).toEqual({
    notice: {
      join: { match: { "/event": "join" }, client: "/clientData" },
      leave: { match: { "/event": "leave" }, client: "/clientData", cause: "/cause" },
    },
    topics: [topic],
    says: [
      `A leave is announced on ${topic}: {"event":"leave","ref":"r-leave-alice","clientData":"alice","cause":"closed"}. It is recognized by /event = "leave". It holds the name that the client identified with at /clientData.`,
      `A join is announced on ${topic}: {"event":"join","ref":"r-join-alice","clientData":"alice"}. It is recognized by /event = "join". It holds the name that the client identified with at /clientData.`,
    ],
    unknown: [],
  });
});

test("a chat's messages, among those of strangers and what a clock sends", () => {
  const found = expectReadable({
    before: () => [chat("zoe", "hello"), heartbeat],
    join: ({ client, place }) => [
      { type: "JOIN", sender: client, content: null, time: `10:0${String(place)}` },
      chat("zoe", `hi ${client}`),
      heartbeat,
    ],
    leave: ({ client, place }) => [
      heartbeat,
      { type: "LEAVE", sender: client, content: null, time: `10:1${String(place)}` },
      chat("zoe", "bye"),
    ],
  });
  expect(found.notice).toEqual({
    join: { match: { "/type": "JOIN" }, client: "/sender" },
    leave: { match: { "/type": "LEAVE" }, client: "/sender" },
  });
  expect(found.unknown).toEqual([]);
});

test("a name deep inside, and keys that a pointer has to escape", () => {
  const nested = (kind: string, name: string) => ({ "a/b": { "kind~": kind }, payload: { user: { name } } });
  const found = expectReadable({
    join: ({ client }) => [nested("UserJoined", client)],
    leave: ({ client }) => [nested("UserLeft", client)],
  });
  expect(found.notice?.leave).toEqual({
    match: { "/a~1b/kind~0": "UserLeft" },
    client: "/payload/user/name",
  });
});

test("a server that names sessions, whose join is the echo of the identify message", () => {
  const found = expectReadable({
    join: ({ sessionId, client }) => [{ sessionId, page: client, ip: "127.0.0.1", time: 1_790_000_000_001 }],
    leave: ({ sessionId, place }) => [{ sessionId, page: "logout", time: 1_790_000_000_002 + place }],
  });
  expect(found.notice).toMatchObject({
    leave: { match: { "/page": "logout" }, client: "/sessionId" },
    join: { client: "/sessionId" },
    names: "{sessionId}",
  });
});

test("a server that names users by a number from their log-in; a state may be told again", () => {
  const found = expectReadable({
    join: ({ userId }) => [{ userId: Number(userId), online: true }],
    leave: ({ userId }) => [{ userId: Number(userId), online: false }],
  });
  expect(found.notice).toEqual({
    join: { match: { "/online": true }, client: "/userId" },
    leave: { match: { "/online": false }, client: "/userId" },
    names: "{userId}",
    repeats: true,
  });
});

test.each([
  ["a word", "ONLINE", "OFFLINE"],
  ["a number", 1, 0],
])("a state as %s", (_, there, gone) => {
  const found = expectReadable({
    join: ({ client }) => [{ user: client, status: there }],
    leave: ({ client }) => [{ user: client, status: gone }],
  });
  expect(found.notice?.leave).toEqual({ match: { "/status": gone }, client: "/user" });
  expect(found.notice?.repeats).toBe(true);
});

test("leaves that name nobody", () => {
  const found = expectReadable(
    { join: () => [{ type: "JOINED" }, heartbeat], leave: () => [heartbeat, { type: "LEFT" }] },
    true,
  );
  expect(found.notice).toEqual({
    join: { match: { "/type": "JOINED" } },
    leave: { match: { "/type": "LEFT" } },
  });
});

test("leaves that name nobody, of joins that do: neither may", () => {
  const found = expectReadable(
    { join: ({ client }) => [{ type: "JOIN", sender: client }], leave: () => [{ type: "LEFT" }] },
    true,
  );
  expect(found.notice).toEqual({
    join: { match: { "/type": "JOIN" } },
    leave: { match: { "/type": "LEFT" } },
  });
});

test("a text that names nobody, with a time; and no counter taken for one", () => {
  const found = expectReadable(
    {
      before: () => ["3 people online"],
      join: () => ["4 people online"],
      leave: ({ place }) => [`[10:0${String(place)}] somebody left`, "3 people online"],
    },
    true,
  );
  expect(found.notice?.leave).toEqual({ pattern: String.raw`^\[.*?\] somebody left$` });
});

test("of what names nobody and says nothing, what came once after each end, as a doubt", () => {
  const found = inferred({ join: () => [{ type: "A" }], leave: () => [{ type: "퇴장" }] });
  expect(found.notice?.leave).toEqual({ match: { "/type": "퇴장" } });
  expect(found.unknown.join()).toContain("known only by when it came");
  const often = inferred({ leave: () => [{ type: "tick" }, { type: "tick" }] });
  expect(often.notice).toBeUndefined();
});

test("lists on topics of their own for those who come and those who go", () => {
  const found = expectReadable({
    join: ({ client }) => [on("/topic/friends/signin", [client])],
    leave: ({ client }) => [on("/topic/friends/signout", [client])],
  });
  expect(found).toMatchObject({
    notice: {
      join: { topic: "/topic/friends/signin", client: "/0" },
      leave: { topic: "/topic/friends/signout", client: "/0" },
    },
    topics: ["/topic/friends/signout", "/topic/friends/signin"],
  });
});

test("lists for those who go, with no join anywhere", () => {
  const found = expectReadable({ leave: ({ client }) => [on("/topic/friends/signout", [client])] });
  expect(found.notice).toEqual({ leave: { topic: "/topic/friends/signout", client: "/0" } });
  expect(found.unknown.join()).toContain("The join notice");
});

test("a leave without any join", () => {
  const found = expectReadable({
    join: () => [chat("zoe", "hi")],
    leave: ({ client }) => [{ sender: client, gone: true, room: "lobby" }, chat("zoe", "bye")],
  });
  expect(found.notice?.leave).toEqual({ match: { "/gone": true }, client: "/sender" });
});

test.each([
  ["of names", (names: string[]) => names, { list: "", client: "" }],
  ["of objects", (names: string[]) => names.map((name) => ({ id: 1, name })), { list: "", client: "/name" }],
  [
    "inside an object, some entries without a name",
    (names: string[]) => ({ in: { users: [{ user: {} }, ...names.map((name) => ({ user: { name } }))] } }),
    { list: "/in/users", client: "/user/name" },
  ],
])("a roster %s that shrinks", (_, listOf, roster) => {
  const found = expectReadable({
    before: () => [listOf(["zoe", "yan"])],
    join: ({ client }) => [listOf(["zoe", "yan"]), listOf(["zoe", client, "yan"])],
    leave: () => [listOf(["zoe", "yan"])],
  });
  expect(found).toMatchObject({ notice: { roster }, topics: [topic], unknown: [] });
});

test("a roster that empties, one of session ids, and one among other lists", () => {
  const empties = inferred({ join: ({ client }) => [[client]], leave: () => [[]] });
  expect(empties.notice).toEqual({ roster: { list: "", client: "" } });
  const ids = inferred({ join: ({ sessionId }) => [{ in: [{ id: sessionId }] }], leave: () => [{ in: [] }] });
  expect(ids.notice).toEqual({ roster: { list: "/in", client: "/id" }, names: "{sessionId}" });
  const others = inferred({
    join: ({ client }) => [
      { type: "users", list: [client, "zoe"] },
      { type: "typing", list: ["zoe"] },
    ],
    leave: () => [
      { type: "users", list: ["zoe"] },
      { type: "typing", list: [] },
    ],
  });
  expect(others.notice).toEqual({ roster: { match: { "/type": "users" }, list: "/list", client: "" } });
});

test.each([
  ["keyed by id", (id: string, name: string) => ({ [id]: { name } }), "/in/users/*", "/name"],
  ["of ids and names", (id: string, name: string) => ({ [id]: name }), "/in/users/*", ""],
  ["keyed by name", (_id: string, name: string) => ({ [name]: {} }), "/in/users/*", "key"],
])("a roster %s", (_what, entry, list, client) => {
  const found = expectReadable({
    before: () => [{ in: { users: entry("s0", "zoe") } }],
    join: (one) => [{ in: { users: { ...entry("s0", "zoe"), ...entry(`s${one.client}`, one.client) } } }],
    leave: () => [{ in: { users: entry("s0", "zoe") } }],
  });
  expect(found).toMatchObject({ notice: { roster: { list, client } }, topics: [topic], unknown: [] });
});

test("a roster of each session's own room", () => {
  const watched = lives({
    join: ({ client, place }) => [on(`/topic/rooms/r${String(place)}/users`, [client])],
    leave: ({ place }) => [on(`/topic/rooms/r${String(place)}/users`, [])],
  }).map((one, place) => ({ ...one, values: { room: `r${String(place)}` } }));
  const found = inferNotice(watched);
  expect(found.topics).toEqual(["/topic/rooms/{room}/users"]);
  expect(readAgain(found, watched).map(({ ended }) => ended.length)).toEqual([1, 1]);
});

test("plain texts, in any script", () => {
  const texts = expectReadable({
    join: ({ client }) => [`${client} has joined the chat`, `zoe: hello ${client}`],
    leave: ({ client }) => [`${client} has left the chat`, "zoe: bye"],
  });
  expect(texts.notice).toEqual({
    join: { text: "{client} has joined the chat" },
    leave: { text: "{client} has left the chat" },
  });
  const korean = expectReadable({
    join: ({ client }) => [`${client}님이 입장하셨습니다.`],
    leave: ({ client }) => [`${client}님이 퇴장하셨습니다.`],
  });
  expect(korean.notice?.leave).toEqual({ text: "{client}님이 퇴장하셨습니다." });
});

test("texts with a time and a counter", () => {
  const found = expectReadable({
    join: ({ client, place }) => [`[10:01:0${String(place)}] ${client} joined (${String(5 + place)} here)`],
    leave: ({ client, place }) => [`[10:02:0${String(place)}] ${client} left (${String(4 + place)} here)`],
  });
  expect(found.notice?.leave).toEqual({ pattern: String.raw`^\[.*?\] (?<client>.+?) left \(.*? here\)$` });
});

test("a text inside JSON", () => {
  const system = (content: string) => ({ type: "SYSTEM", content });
  const found = expectReadable({
    join: ({ client }) => [system(`${client} joined!`), chat("zoe", `${client} left!`)],
    leave: ({ client }) => [chat("zoe", "bye"), system(`${client} left!`)],
  });
  expect(found.notice).toEqual({
    join: { match: { "/type": "SYSTEM" }, at: "/content", text: "{client} joined!" },
    leave: { match: { "/type": "SYSTEM" }, at: "/content", text: "{client} left!" },
  });
});

test("the same text of both, told apart by what stands beside it", () => {
  const found = expectReadable({
    join: ({ client }) => [{ k: "p1", about: `user ${client}` }],
    leave: ({ client }) => [{ k: "p2", about: `user ${client}` }],
  });
  expect(found.notice?.leave).toEqual({ match: { "/k": "p2" }, at: "/about", text: "user {client}" });
});

test("JSON whose keys say what is told is read as a text", () => {
  const found = expectReadable({
    join: ({ client }) => [{ joined: client }],
    leave: ({ client }) => [{ left: client }],
  });
  expect(found.notice?.leave).toEqual({ text: '{"left":"{client}"}' });
  expect(found.unknown.join()).toContain("JSON is read as a text");
});

test("the same leave on two topics: the one that tells joins as well is read", () => {
  const found = expectReadable({
    join: ({ client }) => [on("/topic/b", { type: "JOIN", who: client })],
    leave: ({ client }) => [
      on("/topic/a", { type: "LEAVE", who: client }),
      on("/topic/b", { type: "LEAVE", who: client }),
    ],
  });
  expect(found.topics).toEqual(["/topic/b"]);
  expect(found.says).toContain("The same leave is announced on /topic/a, too, which is ignored.");
});

test("two readings that fit alike: one is taken, and it is said", () => {
  const found = inferred({ leave: ({ client }) => [{ type: "LEAVE", user: client, nick: client }] });
  expect(found.says.join()).toContain("too; the other reading was chosen");
});

test("a leave that can't be told from a join is unknown", () => {
  const found = inferred({ join: ({ client }) => [{ client }], leave: ({ client }) => [{ client }] });
  expect(found.notice).toBeUndefined();
  expect(found.unknown.join()).toContain("look like messages during its life");
});

test("neither a counter nor a time tells a leave from a join", () => {
  const found = inferred({
    join: ({ client }) => [{ client, count: 2, day: "2026-11-21" }],
    leave: ({ client }) => [{ client, count: 1, day: "2026-11-22" }],
  });
  expect(found.notice).toBeUndefined();
});

test("what came for some sessions only, and what came twice", () => {
  const leave = (client: string) => ({ type: "LEAVE", client });
  const some = inferred({ leave: ({ client }) => (client === "carol" ? [] : [leave(client)]) }, [
    "alice",
    "bob",
    "carol",
  ]);
  expect(some.notice?.leave).toBeDefined();
  expect(some.unknown.join()).toContain("Only 2 of 3");
  const twice = inferred({ leave: ({ client }) => [leave(client), leave(client)] });
  expect(twice.unknown.join()).toContain("announced twice");
});

test("nothing heard, nothing that tells, names that stay, and nothing to compare: each with what to do", () => {
  const unknown = (shape: SampleNames, clients?: string[]) => inferred(shape, clients).unknown.join();
  expect(unknown({ leave: () => [] })).toContain("no message arrived");
  expect(unknown({ join: () => [heartbeat], leave: () => [heartbeat] })).toContain("Received: ");
  const host = ({ client }: { client: string }) => [{ host: client }];
  expect(unknown({ join: host, leave: host })).toContain("present clients at several places");
  expect(unknown({ leave: ({ client }) => [client] }, ["alice"])).toContain("at least two");
  expect(inferNotice([]).unknown).toHaveLength(1);
});

test("leaves of others are no reason to narrow the match, and what others lack is none to widen it", () => {
  const leave = (sender: string, cause: string) => ({ type: "LEAVE", sender, cause });
  const found = expectReadable({
    before: () => [leave("zoe", "timeout")],
    join: ({ client }) => [{ type: "JOIN", sender: client }],
    leave: ({ client }) => [leave(client, "closed")],
  });
  expect(found.notice?.leave?.match).toEqual({ "/type": "LEAVE" });
});
