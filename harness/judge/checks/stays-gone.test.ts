import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  kindOf,
  profile,
  sentinel,
  written,
} from "../../../testing/harness/written.ts";
import { staysGone } from "./stays-gone.ts";

const left = [...bobAndAlice, ...ends("alice", 20), hears("bob", "leave", "alice", 25)];

test("fails when somebody who was told to have left is told to be there again", () => {
  const events = written(...left, hears("bob", "join", "alice", 225), ...sentinel(1020, "bob"));
  const [leave, join] = [left.length - 1, left.length];
  expect(staysGone().judge({ events, profile, alone: false })).toEqual({
    kind: "fail",
    expected: 'no join of "alice" at bob after its leave at 0.025 s',
    actual: "a join arrived at 0.225 s",
    evidence: [leave, join],
  });
});

test("passes when nobody comes back, or a new session of that person has begun", () => {
  expect(kindOf(staysGone(), written(...left, ...sentinel(1020, "bob")))).toBe("pass");
  const again = [...left, ...arrives("alice", 100), hears("bob", "join", "alice", 110)];
  expect(kindOf(staysGone(), written(...again, ...sentinel(1020, "bob", "alice")))).toBe("pass");
});

test("a page's new session may be told by others first", () => {
  const late = [...left, hears("bob", "join", "alice", 98), ...arrives("alice", 100)];
  expect(kindOf(staysGone(), written(...late, ...sentinel(1020, "bob", "alice")))).toBe("pass");
  const gone = [
    ...late,
    ...ends("alice", 200),
    hears("bob", "leave", "alice", 205),
    hears("bob", "join", "alice", 300),
  ];
  expect(kindOf(staysGone(), written(...gone, ...sentinel(2020, "bob")))).toBe("fail");
});

test("a join that is told twice before anybody left is no return", () => {
  const twice = written(
    ...bobAndAlice,
    hears("bob", "join", "alice", 14),
    ...ends("alice", 20),
    hears("bob", "leave", "alice", 25),
    ...sentinel(1020, "bob"),
  );
  expect(kindOf(staysGone(), twice)).toBe("pass");
});

test("a join that is told late, but before the leave, is no return; nor is a second leave", () => {
  const late = [...bobAndAlice, ...ends("alice", 20), hears("bob", "join", "alice", 22)];
  const gone = [hears("bob", "leave", "alice", 25), hears("bob", "leave", "alice", 26)];
  expect(kindOf(staysGone(), written(...late, ...gone, ...sentinel(1020, "bob")))).toBe("pass");
});

test("a session that begins only long after does not explain a return", () => {
  const after = (atMs: number) =>
    kindOf(
      staysGone(),
      written(
        ...left,
        hears("bob", "join", "alice", 30),
        ...arrives("alice", atMs),
        ...sentinel(3000, "bob", "alice"),
      ),
    );
  expect(after(1030)).toBe("pass");
  expect(after(1031)).toBe("fail");
});

describe("one whose identify was on the way when its end began", () => {
  const inFlight: [number, NewEvent][] = [
    ...arrives("phone", 100, { client: "alice" }),
    [100, { kind: "identify-held", actor: "phone", bytes: 100 }],
    ...ends("phone", 110),
  ];
  const told = (before: [number, NewEvent][], ...heard: [number, NewEvent][]) =>
    kindOf(staysGone(), written(...before, ...inFlight, ...heard, ...sentinel(3000, "bob")));
  const join = (atMs: number) => hears("bob", "join", "alice", atMs);
  const leave = (atMs: number) => hears("bob", "leave", "alice", atMs);

  test("may be told to have come, once, however late", () => {
    expect(told(left, join(115))).toBe("pass");
    expect(told(left, join(2_000))).toBe("pass");
    expect(told(left, join(115), join(120))).toBe("fail");
  });

  test("may not be told to have come after it was told to have left", () => {
    expect(told(left, join(115), leave(116))).toBe("pass");
    expect(told(left, leave(115), join(116))).toBe("fail");
    expect(told(arrives("bob", 0), join(115), leave(116))).toBe("pass");
    expect(told(arrives("bob", 0), leave(115), join(116))).toBe("fail");
  });

  test("may be told to one who came too late for an earlier join", () => {
    const late = [...arrives("alice", 0), ...arrives("bob", 10), ...ends("alice", 20), leave(25)];
    expect(told(late, join(115))).toBe("pass");
  });
});

test("a join that came before the end began is none after it, though it is read only then", () => {
  const read = (atMs: number) =>
    kindOf(
      staysGone(),
      written(
        ...left,
        ...arrives("phone", 100, { client: "alice" }),
        ...ends("phone", 110),
        hears("bob", "join", "alice", atMs),
        ...sentinel(3000, "bob"),
      ),
    );
  expect(read(110)).toBe("pass");
  expect(read(111)).toBe("fail");
});

test("one that takes another name was there by the first; what is told of that afterwards is in time or a return", () => {
  const renamed: [number, NewEvent][] = [
    ...arrives("phone", 100, { client: "alice" }),
    [200, { kind: "identify-sent", actor: "phone", client: "anna", body: "{}" }],
  ];
  const told = (atMs: number) =>
    kindOf(
      staysGone(),
      written(...left, ...renamed, hears("bob", "join", "alice", atMs), ...sentinel(3000, "bob", "phone")),
    );
  expect(told(110)).toBe("pass");
  expect(told(1320)).toBe("pass");
  expect(told(1321)).toBe("fail");
});

test("whoever has no name is not known to have come back", () => {
  const nameless = [hears("bob", "leave", null, 26, "nobody"), hears("bob", "join", null, 27, "nobody")];
  expect(kindOf(staysGone(), written(...left, ...nameless, ...sentinel(1020, "bob")))).toBe("pass");
});

test("what one observer was told is not held against another", () => {
  const events = written(
    ...arrives("carol", 0),
    ...left,
    hears("carol", "join", "alice", 30),
    ...sentinel(1020, "bob", "carol"),
  );
  expect(kindOf(staysGone(), events)).toBe("pass");
});

test("whoever connects after a leave was told is not told that the leaver is there; who was on its way may be", () => {
  const told = (...late: readonly (readonly [number, NewEvent])[]) =>
    kindOf(
      staysGone(),
      written(...left, ...late, hears("late", "join", "alice", 60), ...sentinel(1020, "bob", "late")),
    );
  expect(told(...arrives("late", 50))).toBe("fail");
  const [opened, ...rest] = arrives("late", 20);
  expect(opened).toBeDefined();
  const onItsWay = written(
    ...(opened === undefined ? [] : [opened]),
    ...left,
    ...rest,
    hears("late", "join", "alice", 60),
    ...sentinel(1020, "bob", "late"),
  );
  expect(kindOf(staysGone(), onItsWay)).toBe("pass");
});

test("what is told again of a session that has ended is right until that end is told", () => {
  const again = (atMs: number) =>
    kindOf(
      staysGone(),
      written(
        ...left,
        ...arrives("alice", 30),
        hears("bob", "join", "alice", 31),
        ...ends("alice", 40),
        ...(atMs < 45 ? [hears("bob", "join", "alice", atMs)] : []),
        hears("bob", "leave", "alice", 45),
        ...(atMs > 45 ? [hears("bob", "join", "alice", atMs)] : []),
        ...sentinel(1045, "bob"),
      ),
    );
  expect(again(42)).toBe("pass");
  expect(again(46)).toBe("fail");
});

test("concludes nothing where nobody is known to have listened, and does not apply where no join is told", () => {
  expect(kindOf(staysGone(), [])).toBe("inconclusive");
  expect(kindOf(staysGone(), written(...left))).toBe("inconclusive");
  const joinless = parseProfile(
    { notice: { leave: { match: { "/event": "leave" }, client: "/c" } } },
    "a test",
  );
  expect(staysGone().judge({ events: [], profile: joinless, alone: false })).toEqual({
    kind: "not-applicable",
    reason: "the profile describes neither joins nor a roster",
  });
});

test("who was there when a session ended may be told that it is there, until the time to tell of the end is over", () => {
  const first = [...arrives("bob", 0), ...arrives("alice", 1), hears("bob", "join", "alice", 2)];
  const again = [
    ...ends("alice", 10),
    hears("bob", "leave", "alice", 12),
    ...arrives("phone", 20, { client: "alice" }),
  ];
  const told = (atMs: number, cameAtMs: number) => {
    const carol = arrives("carol", cameAtMs);
    const gone = [...ends("phone", 40), hears("bob", "leave", "alice", 45)];
    const rest = cameAtMs < 45 ? [...carol, ...gone] : [...gone, ...carol];
    const history = [
      ...first,
      ...again,
      ...rest,
      hears("carol", "join", "alice", atMs),
      ...ends("carol", atMs),
    ];
    return kindOf(staysGone(), written(...history, ...sentinel(3000, "bob")));
  };
  expect(told(50, 30)).toBe("pass");
  expect(told(1_160, 30)).toBe("pass");
  expect(told(1_161, 30)).toBe("fail");
  expect(told(60, 50)).toBe("fail");
});
