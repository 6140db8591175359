import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  ends,
  hears,
  lags,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { livesByPieces } from "./lives-by-pieces.ts";
import { livesOn } from "./lives-on.ts";

const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(livesOn("alice"), written(...bobAndAlice, ...after));

test("fails when the actor is reported gone while it lives, or its connection is closed", () => {
  expect(
    judged(hears("bob", "leave", "alice", 500), ...ends("alice", 600), ...sentinel(2000, "bob")),
  ).toMatchObject({
    kind: "fail",
    expected: "no observer receives a leave of alice",
    actual: "bob received its leave at 0.500 s",
  });
  expect(judged(closes("alice", 500, 1002), ...sentinel(2000, "bob"))).toEqual({
    kind: "fail",
    expected: "alice's connection stays",
    actual: `the target closed alice's connection with code 1002, 490 ms after its identify: gone`,
    evidence: [bobAndAlice.length],
  });
});

test("passes when that comes only after its end was begun, and all was waited out", () => {
  const left = [...ends("alice", 500), closes("alice", 501), hears("bob", "leave", "alice", 502)];
  expect(judged(...left, ...sentinel(2000, "bob")).kind).toBe("pass");
  expect(judged(...sentinel(2000, "bob", "alice")).kind).toBe("pass");
});

test("another's false leave is another's", () => {
  const carol = [...arrives("carol", 100), hears("bob", "leave", "carol", 500)];
  expect(judged(...carol, ...sentinel(2000, "bob", "alice", "carol")).kind).toBe("pass");
});

test("is open where the harness's own lag held up its heartbeats, or nobody waited", () => {
  const start = [...arrives("bob", 0), ...arrives("alice", 10, { heartbeatMs: 1000 }), lags(900, 300)];
  for (const gone of [hears("bob", "leave", "alice", 1000), closes("alice", 1000)])
    expect(verdictOf(livesOn("alice"), written(...start, gone, ...sentinel(2000, "bob"))).kind).toBe(
      "inconclusive",
    );
  expect(judged().kind).toBe("inconclusive");
  expect(verdictOf(livesOn("alice"), written(...arrives("bob", 0), ...sentinel(2000, "bob"))).kind).toBe(
    "inconclusive",
  );
});

test("by pieces: a target that refuses them is not asked, one that gives the actor up fails", () => {
  const start = [...arrives("bob", 0), ...arrives("alice", 10, { heartbeatMs: 1000 })];
  const by = (...after: readonly (readonly [number, NewEvent])[]) =>
    verdictOf(livesByPieces("alice"), written(...start, ...after, ...sentinel(5000, "bob"))).kind;
  const error = { kind: "stomp-error", actor: "alice", message: "no frame" } as const;
  expect(by([1500, error], closes("alice", 1501))).toBe("not-applicable");
  expect(by(closes("alice", 500))).toBe("not-applicable");
  expect(by(closes("alice", 2500))).toBe("fail");
});
