import { expect, test } from "vitest";
import type { ProfileInput } from "../../profile/profile.ts";
import { killedWith, reconciling, up } from "../../../testing/harness/restarted.ts";
import { arrives, verdictOf, written, type WrittenEvent } from "../../../testing/harness/written.ts";
import { rosterReconciled } from "./roster-reconciled.ts";

const roster = { destination: "/r", list: "", client: "" };
const until = [
  ...arrives("alice", 10),
  ...arrives("bob", 10),
  ...killedWith(30, "alice", "bob"),
  up(100),
  ...arrives("carol", 110),
  ...arrives("back", 120, { client: "bob" }),
];
const read = (atMs: number, ...clients: string[]): WrittenEvent => [
  atMs,
  { kind: "roster-read", actor: "late", clients },
];
const judged = (entries: readonly WrittenEvent[], more: ProfileInput = { roster }) =>
  verdictOf(rosterReconciled(), written(...until, ...entries), reconciling(more));

test("passes where the roster has the living, and fails where it has a ghost or lacks one", () => {
  const evidence = [8, until.length];
  expect(judged([read(2_200, "carol", "bob", "late")])).toEqual({ kind: "pass", evidence });
  expect(judged([read(2_200, "alice", "bob", "carol")])).toEqual({
    kind: "fail",
    expected: 'by 2.100 s the roster does not list "alice", whose session ended with the target',
    actual: "the roster read at 2.200 s lists it",
    evidence,
  });
  expect(judged([read(2_200, "carol")])).toMatchObject({
    kind: "fail",
    expected: '"bob", which is connected, is on the roster',
  });
});

test("judges rosters that are notices, too", () => {
  const notice = { notice: { roster: { list: "", client: "" } } };
  expect(judged([read(2_200, "carol", "bob")], notice).kind).toBe("pass");
  expect(judged([read(2_200, "carol", "alice", "bob")], notice).kind).toBe("fail");
});

test("fails where no roster arrives", () => {
  const inVain = { kind: "waited-in-vain", actor: "late", awaited: "the list", waitedMs: 10_000 } as const;
  expect(judged([[12_200, inVain]])).toMatchObject({ kind: "fail", actual: "none in 10.000 s" });
});

test("is open before the deadline and without an earlier session, and not applicable without a roster", () => {
  expect(judged([read(2_000, "alice")]).kind).toBe("inconclusive");
  expect(judged([]).kind).toBe("inconclusive");
  const fresh = written(...arrives("carol", 110), read(2_200, "carol"));
  expect(verdictOf(rosterReconciled(), fresh, reconciling({ roster })).kind).toBe("inconclusive");
  expect(judged([read(2_200, "alice")], {}).kind).toBe("not-applicable");
});
