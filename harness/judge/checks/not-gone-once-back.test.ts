import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { killedWith, reconciling, up } from "../../../testing/harness/restarted.ts";
import {
  arrives,
  ends,
  hears,
  sentinel,
  verdictOf,
  written,
  type WrittenEvent,
} from "../../../testing/harness/written.ts";
import { notGoneOnceBack } from "./not-gone-once-back.ts";

const each = reconciling();
const last = reconciling({ sessions: "last" });
const start = [
  ...arrives("bob", 10),
  ...killedWith(30, "bob"),
  up(100),
  ...arrives("carol", 110),
  ...arrives("back", 120, { client: "bob" }),
];
const joins = hears("carol", "join", "bob", 130);
const leaves = (atMs: number) => hears("carol", "leave", "bob", atMs);
const judged = (by: typeof each, ...entries: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(notGoneOnceBack("back"), written(...start, ...entries, ...sentinel(3_000, "carol", "back")), by);

test("where only the last session counts, no leave may come once others know that it is back", () => {
  expect(judged(last, joins).kind).toBe("pass");
  expect(judged(last, leaves(125), joins).kind, "it was told before").toBe("pass");
  expect(judged(last, joins, leaves(900))).toEqual({
    kind: "fail",
    expected: "carol receives no leave of back, which was back at 0.130 s",
    actual: "it received one at 0.900 s",
    evidence: [start.length - 4, start.length - 1, start.length, start.length + 1],
  });
});

test("where each session counts, so many leaves may come as there were sessions before", () => {
  expect(judged(each, joins, leaves(900)).kind).toBe("pass");
  expect(judged(each, joins, leaves(900), leaves(950)).kind).toBe("fail");
});

test("where the target was asked to stop, it may announce each session once, before or after the start", () => {
  const stopped = start.map(([atMs, event]): WrittenEvent =>
    "fault" in event ? [atMs, { ...event, fault: "stop-target" }] : [atMs, event],
  );
  const judgedAfterStop = (by: typeof each, ...entries: readonly WrittenEvent[]) =>
    verdictOf(
      notGoneOnceBack("back"),
      written(...stopped, ...entries, ...sentinel(3_000, "carol", "back")),
      by,
    );
  for (const by of [each, last]) {
    expect(judgedAfterStop(by, joins).kind).toBe("pass");
    expect(judgedAfterStop(by, leaves(125), joins).kind, "it was told before").toBe("pass");
  }
  expect(judgedAfterStop(each, joins, leaves(900)).kind).toBe("pass");
  expect(judgedAfterStop(each, joins, leaves(900), leaves(950)).kind).toBe("fail");
  expect(judgedAfterStop(last, joins, leaves(900)).kind).toBe("fail");
});

test("where nobody tells that it is back, its identify must have had its time", () => {
  expect(judged(last, leaves(1_100)).kind).toBe("pass");
  expect(judged(last, leaves(1_240)).kind).toBe("pass");
  expect(judged(last, leaves(1_241)).kind).toBe("fail");
});

test("when it then leaves itself, that is no matter", () => {
  expect(judged(last, joins, ...ends("back", 900), leaves(910)).kind).toBe("pass");
});

test("is open where nobody surely listened to the end, or it did not come back to anything", () => {
  const check = notGoneOnceBack("back");
  expect(verdictOf(check, written(...start, joins), last).kind).toBe("inconclusive");
  const first = [...arrives("carol", 110), ...arrives("back", 120, { client: "bob" }), joins];
  expect(verdictOf(check, written(...first, ...sentinel(3_000, "carol", "back")), last).kind).toBe(
    "inconclusive",
  );
  const nobody = [...start.slice(0, -1), ...sentinel(3_000, "carol", "back")];
  expect(verdictOf(check, written(...nobody), last).kind).toBe("inconclusive");
});

test("where a restart is silent, or seen in lists alone, it is not asked", () => {
  const roster = { roster: { list: "", client: "/name" } };
  for (const by of [reconciling({ reconcile: "silent" }), reconciling({ notice: roster })])
    expect(judged(by, joins, leaves(900)).kind).toBe("not-applicable");
});
