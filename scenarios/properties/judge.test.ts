import { describe, expect, test } from "vitest";
import type { HistoryEvent, NewEvent } from "../../harness/history/events/events.ts";
import {
  arrives,
  ends,
  hears,
  lastOnly,
  profile,
  sentinel,
  verdictOf,
  written,
} from "../../testing/harness/written.ts";
import { requirements } from "../requirements.ts";
import { checks } from "./judge.ts";

type Entry = [number, NewEvent];

/** Returns the verdicts of a requirement's checks on a history, in order. */
const kindsOf = (requirement: string, events: HistoryEvent[], by = profile) =>
  (checks[requirement] ?? []).map((check) => verdictOf(check, events, by).kind);

const bob = arrives("bob", 0);
const held = (actor: string, atMs: number): Entry => [atMs, { kind: "identify-held", actor, bytes: 100 }];
const ending = (actor: string, atMs: number, fault: string): Entry[] => [
  [atMs, { kind: "fault-injected", actor, fault, ends: fault === "blackhole" ? "silently" : "visibly" }],
  [atMs, { kind: "fault-witnessed", actor, fault, witness: "seen", effectAtMs: atMs }],
];
const come = (actor: string, atMs: number, client = actor): Entry[] => [
  ...arrives(actor, atMs, { client }),
  hears("bob", "join", client, atMs + 2),
];
const leaves = (client: string, atMs: number) => hears("bob", "leave", client, atMs);

test("each question is one of the catalogue's", () => {
  const known = requirements.map(({ id }) => id);
  for (const requirement of Object.keys(checks)) expect(known).toContain(requirement);
});

describe("a leave that nobody heard is missed", () => {
  test.each([
    ["disconnect", "LEAVE-ON-DISCONNECT"],
    ["disconnect-without-receipt", "LEAVE-ON-DISCONNECT"],
    ["close", "LEAVE-ON-CLOSE"],
    ["fin", "LEAVE-ON-LOST-CONNECTION"],
    ["rst", "LEAVE-ON-LOST-CONNECTION"],
  ])("by %s, where that person had no other session: %s", (fault, requirement) => {
    const gone = [...bob, ...come("alice", 10), ...ending("alice", 20, fault)];
    expect(kindsOf(requirement, written(...gone, ...sentinel(1020, "bob")))).toEqual(["fail"]);
    expect(kindsOf(requirement, written(...gone, leaves("alice", 25), ...sentinel(1020, "bob")))).toEqual([
      "pass",
    ]);
    const missed = Object.keys(checks).filter((id) =>
      kindsOf(id, written(...gone, ...sentinel(1020, "bob"))).includes("fail"),
    );
    expect(missed).toEqual([requirement]);
  });

  test("of one of two who are one person, side by side or one after another", () => {
    const beside = written(
      ...bob,
      ...come("desk", 10, "alice"),
      ...come("phone", 11, "alice"),
      ...ends("desk", 20),
      ...ends("phone", 20),
      leaves("alice", 25),
      ...sentinel(1020, "bob"),
    );
    expect(kindsOf("SESSIONS-OF-ONE-PERSON", beside)).toEqual(["fail"]);
    expect(kindsOf("RELOAD-KEEPS-NEW-SESSION", beside)).toEqual(["not-applicable"]);
    const after = written(
      ...bob,
      ...come("before", 10, "alice"),
      ...ends("before", 20),
      leaves("alice", 25),
      ...come("after", 30, "alice"),
      ...ends("after", 40),
      ...sentinel(1040, "bob"),
    );
    expect(kindsOf("RELOAD-KEEPS-NEW-SESSION", after)).toEqual(["fail"]);
    expect(kindsOf("SESSIONS-OF-ONE-PERSON", after)).toEqual(["not-applicable"]);
  });

  test("in one of many sessions that were told of", () => {
    const events = written(
      ...bob,
      ...come("alice", 10),
      ...come("dave", 11),
      ...ending("alice", 20, "fin"),
      ...ending("dave", 20, "rst"),
      leaves("dave", 25),
      ...sentinel(1020, "bob"),
    );
    expect(kindsOf("LEAVE-ON-LOST-CONNECTION", events)).toEqual(["fail"]);
  });
});

test("one that ends unheard of, or never, is asked nothing; nor is the sentinel", () => {
  const events = written(
    ...bob,
    ...come("alice", 10),
    ...arrives("nobody", 11, { client: null }),
    ...ending("nobody", 20, "fin"),
    ...sentinel(1020, "bob", "alice"),
  );
  for (const requirement of ["LEAVE-ON-LOST-CONNECTION", "LEAVE-IN-TIME", "JOIN-BEFORE-LEAVE"])
    expect(new Set(kindsOf(requirement, events)), requirement).toEqual(new Set(["not-applicable"]));
  expect(kindsOf("LEAVE-NOT-TWICE", events)).toEqual(["pass"]);
});

test("each leave is asked whether it came in time", () => {
  const late = (atMs: number) =>
    written(
      ...bob,
      ...come("alice", 10),
      ...come("dave", 11),
      ...ends("alice", 20),
      ...ends("dave", 20),
      leaves("alice", 25),
      leaves("dave", atMs),
      ...sentinel(4000, "bob"),
    );
  expect(kindsOf("LEAVE-IN-TIME", late(30))).toEqual(["pass"]);
  expect(kindsOf("LEAVE-IN-TIME", late(3_000))).toEqual(["fail"]);
  expect(checks["LEAVE-IN-TIME"]?.every(({ timed }) => timed === true)).toBe(true);
});

describe("an identify that was on the way", () => {
  const quick = [...bob, ...arrives("alice", 10), held("alice", 10), ...ends("alice", 11)];
  const asked = (entries: Entry[], by = profile) =>
    kindsOf("IDENTIFY-LEAVES-NO-GHOST", written(...entries, ...sentinel(1020, "bob")), by);
  const came = hears("bob", "join", "alice", 12);

  test("may be told, or not; but not without the leave", () => {
    expect(asked(quick)).toEqual(["pass", "not-applicable"]);
    expect(asked([...quick, came, leaves("alice", 13)])).toEqual(["pass", "not-applicable"]);
    expect(asked([...quick, came])).toEqual(["fail", "not-applicable"]);
    expect(kindsOf("LEAVE-ON-LOST-CONNECTION", written(...quick, ...sentinel(1020, "bob")))).toEqual([
      "not-applicable",
    ]);
  });

  test("may not be told to leave before it is told to come, or without that", () => {
    const joinFirst = (...heard: Entry[]) =>
      kindsOf("JOIN-BEFORE-LEAVE", written(...quick, ...heard, ...sentinel(1020, "bob")));
    expect(joinFirst(came, leaves("alice", 13))).toEqual(["pass", "not-applicable"]);
    expect(joinFirst(leaves("alice", 11), came)).toEqual(["fail", "not-applicable"]);
    expect(joinFirst(leaves("alice", 13))).toEqual(["fail", "not-applicable"]);
    expect(joinFirst()).toEqual(["not-applicable", "not-applicable"]);
  });

  test("nor is somebody who came again, as far as that can be counted", () => {
    const joinFirst = (...heard: Entry[]) => {
      const again = [...arrives("again", 100, { client: "alice" }), hears("bob", "join", "alice", 102)];
      return kindsOf("JOIN-BEFORE-LEAVE", written(...quick, ...heard, ...again, ...sentinel(1020, "bob")))[1];
    };
    expect(joinFirst(came, leaves("alice", 13))).toBe("pass");
    expect(joinFirst(leaves("alice", 12), came)).toBe("fail");
    expect(joinFirst(leaves("alice", 13))).toBe("fail");
    expect(joinFirst(came, leaves("alice", 13), leaves("alice", 14))).toBe("not-applicable");
    expect(joinFirst()).toBe("not-applicable");
    const late = [
      ...arrives("alice", 0),
      ...bob,
      ...ends("alice", 10),
      leaves("alice", 15),
      ...come("phone", 20, "alice"),
    ];
    expect(kindsOf("JOIN-BEFORE-LEAVE", written(...late, ...sentinel(1020, "bob")))).toEqual([
      "not-applicable",
      "not-applicable",
    ]);
  });

  test("is not blamed for who came under its name later, and took another", () => {
    const renamed: Entry[] = [
      ...come("again", 200, "alice"),
      [210, { kind: "identify-sent", actor: "again", client: "anna", body: "{}" }],
      hears("bob", "join", "anna", 212),
    ];
    expect(asked([...quick, ...renamed])).toEqual(["not-applicable", "not-applicable"]);
  });

  const back = [...quick, came, ...come("again", 14, "alice")];
  test("of somebody who came again leaves as often as it comes, but for who is there", () => {
    expect(asked([...back, leaves("alice", 15)])).toEqual(["not-applicable", "pass"]);
    expect(asked(back)).toEqual(["not-applicable", "fail"]);
    const gone = [...back, ...ends("again", 20), leaves("alice", 25)];
    expect(asked(gone)).toEqual(["not-applicable", "fail"]);
    expect(asked([...gone, leaves("alice", 26)])).toEqual(["not-applicable", "pass"]);
  });

  test("is not counted where leaves can't be, and proves nothing where nobody listened to the end", () => {
    expect(asked(back, lastOnly)).toEqual(["not-applicable", "not-applicable"]);
    expect(kindsOf("IDENTIFY-LEAVES-NO-GHOST", written(...back, leaves("alice", 15)))).toEqual([
      "not-applicable",
      "inconclusive",
    ]);
  });
});
