import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, closes, lags, verdictOf, waitedOut, written } from "../../../testing/harness/written.ts";
import { keptAlive } from "./kept-alive.ts";

/** Limit of the default profile. */
const limitMs = 60_000;

const check = keptAlive("alice");
const start = arrives("alice", 0, { client: null });
const arrived = (what: "frame" | "keep-alive", ...atMs: number[]) =>
  atMs.map((ms): [number, NewEvent] => [ms, { kind: "traffic-arrived", actor: "alice", what }]);
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(check, written(...start, ...after));

test("passes when a keep-alive came in each idle timeout", () => {
  const events = [...arrived("keep-alive", 25_000, 50_000), waitedOut(75_000)];
  expect(judged(...events)).toMatchObject({ kind: "pass" });
});

test("fails when an idle timeout passed without, at the start, between two, or at the end", () => {
  expect(judged(waitedOut(75_000))).toMatchObject({
    kind: "fail",
    actual: expect.stringMatching(/^nothing for 7\d\.\d+ s, up to 75\.000 s; a proxy cuts such/) as string,
  });
  expect(judged(...arrived("keep-alive", 61_000), waitedOut(75_000)).kind).toBe("fail");
  expect(judged(...arrived("keep-alive", 5_000), waitedOut(75_000)).kind).toBe("fail");
  expect(judged(...arrived("frame", 5_000), waitedOut(75_000)).kind).toBe("fail");
});

test("what reached another client is no keep-alive", () => {
  const other: [number, NewEvent] = [30_000, { kind: "traffic-arrived", actor: "bob", what: "keep-alive" }];
  expect(judged(other, waitedOut(75_000)).kind).toBe("fail");
});

test("fails when the target cut the connection after the timeout, and concludes nothing of an earlier end", () => {
  expect(judged(closes("alice", 62_000), waitedOut(75_000)).kind).toBe("fail");
  expect(judged(closes("alice", 30_000), waitedOut(75_000)).kind).toBe("inconclusive");
});

test("concludes nothing of messages alone, of a short wait, of a delayed harness, or without a connection", () => {
  expect(judged(...arrived("frame", 30_000), waitedOut(75_000)).kind).toBe("inconclusive");
  expect(judged(...arrived("keep-alive", 25_000), waitedOut(limitMs / 2)).kind).toBe("inconclusive");
  expect(judged(lags(60_200, 900), ...arrived("keep-alive", 60_300), waitedOut(75_000)).kind).toBe(
    "inconclusive",
  );
  expect(judged(...arrived("keep-alive", 25_000)).kind).toBe("inconclusive");
  expect(verdictOf(check, written(waitedOut(75_000))).kind).toBe("inconclusive");
});
