import { describe, expect, test } from "vitest";
import type { NewEvent } from "../events/events.ts";
import { replacementsOf, undueLeaves } from "./undue-leaves.ts";
import { matchLeaves } from "./matching.ts";
import { somebody } from "../notice-kind.ts";
import { sessionsOf } from "../sessions/sessions.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  hears,
  lastOnly,
  profile,
  written,
} from "../../../testing/harness/written.ts";

type Entry = readonly [number, NewEvent];

const identifies = (actor: string, atMs: number, client: string): Entry => [
  atMs,
  { kind: "identify-sent", actor, client, body: "{}" },
];
/** Each undue leave by its time, its kind and the actor that it names. */
const undue = (by: typeof profile, ...entries: Entry[]) =>
  undueLeaves(written(...entries), by).map(({ notice, kind, actor }) => [notice.atMs, kind, actor]);

test("only leaves are undue, each once, in the order in which they were heard", () => {
  const entries = [
    ...bobAndAlice,
    hears("bob", "join", "stranger", 13, "nobody"),
    hears("bob", "leave", "alice", 14),
    hears("bob", "leave", "stranger", 15, "nobody"),
    hears("bob", "leave", null, 16, "nobody"),
    hears("bob", "leave", "carol", 17),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 21),
  ];
  expect(undue(profile, ...entries)).toEqual([
    [14, "false", "alice"],
    [15, "false", undefined],
    [16, "false", undefined],
    [17, "false", undefined],
  ]);
});

describe("a leave too many, after one that was due, while the person is there again or still,", () => {
  const again = [
    ...bobAndAlice,
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
    ...arrives("phone", 2_000, { client: "alice" }),
    hears("bob", "leave", "alice", 2_010),
  ];

  test("is the same one told again where each session is announced", () => {
    expect(undue(profile, ...again)).toEqual([[2_010, "again", "phone"]]);
  });

  test("is a false one where only the last is", () => {
    expect(undue(lastOnly, ...again)).toEqual([[2_010, "false", "phone"]]);
  });

  test("but with that policy the same one again where nobody of that name lives any more, or not yet", () => {
    const gone = [...again.slice(0, -1), ...ends("phone", 2_005)];
    const twice = [hears("bob", "leave", "alice", 2_010), hears("bob", "leave", "alice", 2_011)];
    expect(undue(lastOnly, ...gone, ...twice)).toEqual([[2_011, "again", "phone"]]);
    const early = [...again.slice(0, -5), hears("bob", "leave", "alice", 1_500)];
    expect(undue(lastOnly, ...early, ...arrives("phone", 2_000, { client: "alice" }))).toEqual([
      [1_500, "again", "alice"],
    ]);
  });

  test("and with that policy also where that session goes by another name by now", () => {
    const renamed = [...again.slice(0, -1), identifies("phone", 2_005, "alicia")];
    const twice = [hears("bob", "leave", "alice", 2_010), hears("bob", "leave", "alice", 2_011)];
    // The first is excused: it may be how the change of name was told.
    expect(undue(lastOnly, ...renamed, ...twice)).toEqual([[2_011, "again", "phone"]]);
  });
});

const roster = parseProfile({ notice: { roster: { list: "", client: "" } } }, "a test");
const statusBoard = { ...profile, notice: { ...profile.notice, repeats: true } };

describe.each([
  ["with the policy `last`", lastOnly],
  ["on a roster", roster],
  ["on a status board", statusBoard],
])("%s a change of name excuses a leave of the old one,", (_where, by) => {
  const renamed = (...entries: Entry[]) =>
    undue(by, ...bobAndAlice, identifies("alice", 20, "alicia"), ...entries);

  test("once for each time", () => {
    expect(renamed(hears("bob", "leave", "alice", 21))).toEqual([]);
    expect(renamed(hears("bob", "leave", "alice", 21), hears("bob", "leave", "alice", 22))).toEqual([
      [22, "false", "alice"],
    ]);
    const back = [identifies("alice", 30, "alice"), identifies("alice", 31, "alicia")];
    const twice = [hears("bob", "leave", "alice", 40), hears("bob", "leave", "alice", 41)];
    expect(renamed(...back, ...twice)).toEqual([]);
  });

  test("and only one that comes after it", () => {
    const before = [hears("bob", "leave", "alice", 15)];
    const rename = [identifies("alice", 20, "alicia"), hears("bob", "leave", "alice", 21)];
    expect(undue(by, ...bobAndAlice, ...before, ...rename)).toEqual([[15, "false", "alice"]]);
  });

  test("and not where the name is the same", () => {
    const again = identifies("alice", 20, "alice");
    expect(undue(by, ...bobAndAlice, again, hears("bob", "leave", "alice", 21))).toEqual([
      [21, "false", "alice"],
    ]);
  });
});

test("where each session is announced, and each notice counts, a change of name excuses nothing", () => {
  const told = hears("bob", "leave", "alice", 21);
  expect(undue(profile, ...bobAndAlice, identifies("alice", 20, "alicia"), told)).toEqual([
    [21, "false", "alice"],
  ]);
});

test("a name is replaced where the same session takes another, and only there", () => {
  const events = written(
    ...arrives("alice", 0),
    ...arrives("bob", 0),
    identifies("alice", 1, "alice"),
    identifies("alice", 2, "alicia"),
    identifies("alice", 3, "ali"),
  );
  const [, , changed] = sessionsOf(events)[0]?.identified ?? [];
  expect(replacementsOf(events, "alice")).toEqual([changed?.index]);
  expect(replacementsOf(events, "bob")).toEqual([]);
});

describe("of a session that never identified, where notices do not name client data", () => {
  const stranger = [
    ...arrives("bob", 0),
    ...arrives("stranger", 10, { client: null }),
    ...ends("stranger", 20),
  ];
  const leave = { match: { "/type": "left" } };

  test("its session id may be told, once; another's may not", () => {
    const bySession = parseProfile(
      { notice: { leave: { ...leave, client: "/id" }, names: "{sessionId}" } },
      "p",
    );
    const told = (id: string, atMs: number) => hears("bob", "leave", id, atMs);
    expect(undue(bySession, ...stranger, told("id-of-stranger", 25))).toEqual([]);
    const again = undue(bySession, ...stranger, told("id-of-stranger", 25), told("id-of-stranger", 26));
    expect(again.map(([atMs]) => atMs)).toEqual([26]);
    expect(undue(bySession, ...stranger, told("id-of-bob", 25))).toHaveLength(1);
    expect(undue(profile, ...stranger, told("id-of-stranger", 25))).toHaveLength(1);
  });

  test("where all are somebody, its leave may come; and is no substitute for one that is due", () => {
    const nobody = parseProfile({ notice: { leave } }, "p");
    const told = (atMs: number) => hears("bob", "leave", somebody, atMs);
    expect(undue(nobody, ...stranger, told(25))).toEqual([]);
    expect(undue(nobody, ...stranger, told(25), told(26))).toHaveLength(1);
    const both = [...stranger, ...arrives("alice", 21, { client: somebody }), ...ends("alice", 30)];
    const { matched } = matchLeaves(written(...both, told(35)), nobody, "bob", somebody);
    expect(matched.map(([{ actor }]) => actor)).toEqual(["alice"]);
  });
});

describe("a session that the harness did not end has left all the same, whoever closed it:", () => {
  const gaveUp: Entry = [20, { kind: "gave-up", actor: "alice", reason: "no NUL" }];

  test.each([
    ["the target", []],
    ["its own client", [gaveUp]],
  ])("%s", (_who, before) => {
    const closed = [...bobAndAlice, ...before, closes("alice", 21)];
    expect(undue(profile, ...closed, hears("bob", "leave", "alice", 30))).toEqual([]);
    expect(undue(lastOnly, ...closed, hears("bob", "leave", "alice", 9_000))).toEqual([]);
  });

  test("also where the leave is told just before the close, and not long before", () => {
    expect(undue(profile, ...bobAndAlice, hears("bob", "leave", "alice", 30), closes("alice", 35))).toEqual(
      [],
    );
    expect(
      undue(profile, ...bobAndAlice, hears("bob", "leave", "alice", 30), closes("alice", 5_000)),
    ).toEqual([[30, "false", "alice"]]);
  });

  test("once: a second leave is the same one again", () => {
    const told = [hears("bob", "leave", "alice", 30), hears("bob", "leave", "alice", 31)];
    expect(undue(profile, ...bobAndAlice, closes("alice", 21), ...told)).toEqual([[31, "again", "alice"]]);
  });

  test("a session that came after it and lives has not left", () => {
    const back = [...bobAndAlice, closes("alice", 21), ...arrives("phone", 2_000, { client: "alice" })];
    const told = [hears("bob", "leave", "alice", 30), hears("bob", "leave", "alice", 2_500)];
    expect(undue(lastOnly, ...back, ...told)).toEqual([[2_500, "false", "phone"]]);
  });
});

describe("a session that identified twice, and that the target ended, may be told under either name", () => {
  const twice = [...bobAndAlice, identifies("alice", 20, "last")];
  const error: Entry = [22, { kind: "stomp-error", actor: "alice", message: "no" }];

  test("where nothing shows that it took the last one", () => {
    for (const name of ["alice", "last"])
      expect(undue(profile, ...twice, closes("alice", 25), hears("bob", "leave", name, 30))).toEqual([]);
    expect(undue(profile, ...twice, error, ...ends("alice", 25), hears("bob", "leave", "alice", 30))).toEqual(
      [],
    );
  });

  test("not where somebody was told of the last one, or the harness ended it", () => {
    const taken = [...twice, hears("bob", "join", "last", 21)];
    const leave = hears("bob", "leave", "alice", 30);
    expect(undue(profile, ...taken, closes("alice", 25), leave)).toEqual([[30, "false", "alice"]]);
    expect(undue(profile, ...twice, ...ends("alice", 25), leave)).toEqual([[30, "false", "alice"]]);
  });
});

describe("a session that never opened for its client may have opened for the target", () => {
  const bySession = (unidentified: "announced" | "silent") =>
    parseProfile(
      {
        notice: { leave: { match: { "/event": "leave" }, client: "/id" }, names: "{sessionId}" },
        unidentified,
      },
      "the test",
    );
  const asked: Entry = [10, { kind: "session-requested", actor: "alice", sessionId: "s1" }];
  const told = hears("bob", "leave", "s1", 30);
  const start = [...arrives("bob", 0), asked];

  test("and its end is told where ends of sessions without a name are, once", () => {
    expect(undue(bySession("announced"), ...start, told)).toEqual([]);
    expect(undue(bySession("announced"), ...start, told, hears("bob", "leave", "s1", 31))).toHaveLength(1);
    expect(undue(bySession("silent"), ...start, told)).toHaveLength(1);
  });

  test("and is not excused where it did open, and lives", () => {
    const opened: Entry = [11, { kind: "opened", actor: "alice", transport: "websocket", sessionId: "s1" }];
    expect(undue(bySession("announced"), ...start, opened, told)).toHaveLength(1);
  });
});

test("a leave is true that is heard before a fault, where the target's own end of the connection came before that", () => {
  const dropped = (...received: Entry[]) => [
    ...bobAndAlice,
    ...received,
    hears("bob", "leave", "alice", 622),
    ...ends("alice", 633),
    closes("alice", 638),
  ];
  expect(undue(profile, ...dropped([621, { kind: "end-received", actor: "alice" }]))).toEqual([]);
  expect(undue(profile, ...dropped())).toEqual([[622, "false", "alice"]]);
});
