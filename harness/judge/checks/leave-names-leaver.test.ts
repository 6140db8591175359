import { describe, expect, test } from "vitest";
import { parseProfile } from "../../profile/profile.ts";
import { judge } from "../judge.ts";
import { heardByAll } from "./heard-by-all.ts";
import { leaveNamesLeaver } from "./leave-names-leaver.ts";
import { noFalseLeave } from "./no-undue-leave.ts";
import type { NewEvent } from "../../history/events/events.ts";
import {
  arrives,
  closes,
  ends,
  hears,
  kindOf,
  profile,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";

const check = leaveNamesLeaver();
/** Carol listens. Alice and bob are there. */
const start = [...arrives("carol", 0), ...arrives("alice", 10), ...arrives("bob", 20)];
type Entry = readonly [number, NewEvent];
const kind = (...entries: Entry[]) => kindOf(check, written(...start, ...entries));
const leave = (client: string | null, atMs: number) => hears("carol", "leave", client, atMs);
const strange = (client: string | null, atMs: number) => hears("carol", "leave", client, atMs, "nobody");

test("passes if each leave has its own client's name, in any order", () => {
  expect(kind(...ends("alice", 30), leave("alice", 35))).toBe("pass");
  expect(kind(...ends("alice", 30), ...ends("bob", 30), leave("bob", 35), leave("alice", 36))).toBe("pass");
});

test("fails if the leave has the name of a client that lives, and says both names", () => {
  const events = written(...start, ...ends("alice", 30), leave("bob", 35));
  expect(verdictOf(check, events)).toMatchObject({
    kind: "fail",
    actual: expect.stringMatching(
      /^the leave named bob; the client that left was alice: carol received/,
    ) as string,
  });
});

test("fails if the client of that name had left before, or leaves at the same time", () => {
  expect(kind(...ends("bob", 25), leave("bob", 27), ...ends("alice", 30), leave("bob", 35))).toBe("fail");
  expect(kind(...ends("alice", 30), ...ends("bob", 30), leave("bob", 35), leave("bob", 36))).toBe("fail");
});

test.each([
  [null, "nobody"],
  ["", '""'],
  ["null", '"null"'],
  ["mallory", "mallory"],
])("fails if the leave names %j and the case ran alone", (client, words) => {
  const events = written(...start, ...ends("alice", 30), strange(client, 35));
  expect(verdictOf(check, events, profile, true)).toMatchObject({
    kind: "fail",
    actual: expect.stringContaining(`the leave named ${words}; the client that left was alice`) as string,
  });
  expect(kindOf(check, events)).toBe("inconclusive");
});

test("fails if the leave names nobody known and shows the session's id, whatever else runs", () => {
  const [atMs, event] = strange("id-of-alice", 35);
  const shown: Entry = [atMs, { ...event, body: '{"left":"id-of-alice"}' } as NewEvent];
  expect(verdictOf(check, written(...start, ...ends("alice", 30), shown))).toMatchObject({
    kind: "fail",
    actual: expect.stringContaining("the leave named id-of-alice (its session id)") as string,
  });
});

describe("is not applicable", () => {
  test("without a leave to judge: none was due, or it is missing", () => {
    expect(kind()).toBe("not-applicable");
    expect(kind(...ends("alice", 30))).toBe("not-applicable");
  });

  test("if the false leave came before the end, outside the window, or to another observer", () => {
    expect(kind(leave("bob", 25), ...ends("alice", 30))).toBe("not-applicable");
    expect(kind(...ends("alice", 30), leave("bob", 9_000))).toBe("not-applicable");
    const events = written(
      ...start,
      ...ends("alice", 30),
      hears("bob", "leave", "alice", 35),
      hears("bob", "leave", "carol", 36),
    );
    expect(kindOf(check, events)).not.toBe("fail");
  });

  test("if the other client is gone by the target's own doing", () => {
    expect(kind(...ends("alice", 30), closes("bob", 33), leave("bob", 35))).toBe("not-applicable");
  });

  test("if notices name nobody", () => {
    const nameless = parseProfile({ notice: { leave: { match: { "/a": 1 } } } }, "the test's profile");
    expect(verdictOf(check, written(...start), nameless).kind).toBe("not-applicable");
  });
});

test("the missing leave and the false one follow from it", () => {
  const events = written(
    ...start,
    ...ends("alice", 30),
    leave("bob", 35),
    ...sentinel(1_100, "carol", "bob"),
  );
  const checks = { A: [heardByAll("alice")], B: [noFalseLeave()], N: [check] };
  const verdicts = judge({ checks, expects: [] }, { events, profile, alone: false, trouble: undefined });
  expect(verdicts.map(({ requirement, kind: own }) => [requirement, own])).toEqual([
    ["A", "inconclusive"],
    ["B", "inconclusive"],
    ["N", "fail"],
  ]);
  expect(verdicts[0]).toMatchObject({
    reason: expect.stringContaining("follows from N: the leave named bob") as string,
  });
});

test("another false leave stays a failure of its own", () => {
  const events = written(
    ...start,
    leave("bob", 22),
    ...ends("alice", 30),
    leave("bob", 35),
    ...sentinel(1_100, "carol", "bob"),
  );
  const checks = { B: [noFalseLeave()], N: [check] };
  const verdicts = judge({ checks, expects: [] }, { events, profile, alone: false, trouble: undefined });
  expect(verdicts.map(({ kind: own }) => own)).toEqual(["fail", "fail"]);
});
