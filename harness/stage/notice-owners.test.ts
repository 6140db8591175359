import { expect, test } from "vitest";
import { NoticeOwners } from "./notice-owners.ts";
import { newRunToken } from "../util/run-token.ts";

const ended = (client: string, count: number) => new Map([[client, { count, endsInCleanup: false }]]);
const bob = { token: "case-2", actor: "bob" };

test("data belongs to the case that claimed it; other data and no data to nobody", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("alice-1", "case-1");
  expect(claims.ownerOf("alice-1")).toBe("case-1");
  expect(claims.ownerOf("alice")).toBeUndefined();
  expect(claims.ownerOf(null)).toBeUndefined();
});

test("data that holds a token as a word is like that attempt's own", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("alice-run01", "run01");
  expect(claims.ownerOf('["alice-run01"]')).toBe("run01");
  expect(claims.ownerOf("Alice (run01)")).toBe("run01");
  for (const other of ["alice-run012", "alice-xrun01", "alice-run0"])
    expect(claims.ownerOf(other), other).toBeUndefined();
});

test("as many leaves as sessions are right, at each listener by itself; one more at any is a surplus", () => {
  let nowMs = 5;
  const claims = new NoticeOwners(() => nowMs);
  claims.claim("alice-1", "case-1");
  const hear = (token: string, body: string) =>
    claims.noteForeignLeave("alice-1", { token, actor: "bob" }, body);
  hear("case-2", "first");
  hear("case-3", "first");
  claims.noteSessions("leave/fin", ended("alice-1", 1));
  expect(claims.surplus()).toEqual([]);
  nowMs = 7;
  hear("case-3", "second");
  expect(claims.surplus()).toEqual([
    {
      ...{ token: "case-1", client: "alice-1", heard: 2, sessions: 1 },
      ...{ caseId: "leave/fin", endsInCleanup: false },
      listener: { token: "case-3", actor: "bob" },
      quotes: [{ atMs: 7, body: "second" }],
    },
  ]);
});

test("a person who has had no session of that name is due no leave", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("replaced", "case-1");
  claims.noteSessions("leave/fin", ended("replaced", 0));
  claims.noteForeignLeave("replaced", bob, "");
  expect(claims.surplus()).toHaveLength(1);
});

test("a surplus quotes the last three leaves that were too many, each cut", () => {
  const claims = new NoticeOwners(() => 0);
  claims.claim("alice-1", "case-1");
  for (const body of ["1", "2", "3", "4", "5".repeat(999)]) claims.noteForeignLeave("alice-1", bob, body);
  claims.noteSessions("leave/fin", ended("alice-1", 3));
  const quoted = claims.surplus().flatMap(({ quotes }) => quotes.map(({ body }) => body));
  expect(quoted).toEqual(["4", "5".repeat(200)]);
});

test("of a case that is not over nothing can be said", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("alice-1", "case-1");
  claims.noteForeignLeave("alice-1", bob, "");
  claims.noteForeignLeave("alice-1", bob, "");
  expect(claims.surplus()).toEqual([]);
});

test("a person of whom nobody else heard a leave, or whom no case claimed, is no surplus", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("alice-1", "case-1");
  claims.noteSessions("leave/fin", new Map([...ended("alice-1", 0), ...ended("ghost", 0)]));
  claims.noteForeignLeave("ghost", bob, "");
  expect(claims.surplus()).toEqual([]);
});

test("of sessions without a name, those count that ended since, or no longer before than that", () => {
  let nowMs = 1_000;
  const claims = new NoticeOwners(() => nowMs);
  const endsAt = (atMs: number) => {
    nowMs = atMs;
    claims.noteNamelessEnd();
  };
  endsAt(1_499);
  endsAt(1_500);
  nowMs = 2_000;
  const counted = claims.countNamelessEnds(500);
  expect(counted()).toBe(1);
  endsAt(2_000);
  endsAt(9_000);
  expect(counted()).toBe(3);
  expect(new NoticeOwners(() => nowMs).countNamelessEnds(500)()).toBe(0);
});

test("a piece of an unusual name may be of the case that gave it; an ordinary word is nobody's", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim(`<b onclick="x">-run01`, "run01");
  claims.claim("김민수-run02", "run02");
  expect(claims.isPieceOf(`<b onclick="`, "run01")).toBe(true);
  expect(claims.isPieceOf(`<b onclick="`, "run02")).toBe(false);
  expect(claims.isPieceOf("김", "run02")).toBe(true);
  for (const ordinary of ["b", "run01", "onclick", ""])
    expect(claims.isPieceOf(ordinary, "run01")).toBe(false);
});

test("names of sessions that came before the run belong to none of its cases", () => {
  const claims = new NoticeOwners(() => performance.now());
  claims.claim("alice-run01", "run01");
  claims.claimEarlier({ token: "hangup1x", names: [] });
  expect(claims.ownerOf("listener-hangup1x")).toBe("hangup1x");
  expect(claims.surplus()).toEqual([]);
});

test("clients of another run, earlier or at the same time, belong to none of the cases", () => {
  const own = newRunToken();
  const claims = new NoticeOwners(() => 0);
  claims.claim(`alice-${own}01`, `${own}01`);
  const other = newRunToken();
  expect(claims.ownerOf(`alice-${other}0a`)).toBe(`${other}0a`);
  // A target may have changed a name of this run.
  for (const changed of [`alice-${own}0z`, `alice-${other}`, "hups"])
    expect(claims.ownerOf(changed), changed).toBeUndefined();
});

test("test sessions of another process's look belong to none of the cases", () => {
  const claims = new NoticeOwners(() => 0);
  claims.claim("alice-run01", "run01");
  expect(claims.ownerOf("visitor3-hangupk3f9a")).toBe("hangupk3f9a");
  for (const stranger of ["hangup", "visitor3", "visitor3-run0"])
    expect(claims.ownerOf(stranger), stranger).toBeUndefined();
});

test("names of sessions before the run are theirs, also where a name holds no token, until a case claims it", () => {
  const before = new NoticeOwners(() => 0);
  before.claim("session-4711", "look");
  before.claim("guest", "look");
  const claims = new NoticeOwners(() => 0);
  claims.claimEarlier({ token: "look", names: before.names });
  claims.claim("guest", "run01");
  expect(claims.ownerOf("session-4711")).toBe("look");
  expect(claims.ownerOf("visitor3-look")).toBe("look");
  expect(claims.ownerOf("guest")).toBe("run01");
});
