import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, closes, verdictOf, written } from "../../../testing/harness/written.ts";
import { connectedAtHighest } from "./connected-at-highest.ts";

const [opened] = arrives("alice", 0);
const at = (version: string): [number, NewEvent] => [
  1,
  { kind: "connected", actor: "alice", version, clientHeartbeatMs: 0, serverHeartbeatMs: 0 },
];
const judged = (offered: readonly string[], ...answer: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(
    connectedAtHighest("alice", offered),
    written(...(opened === undefined ? [] : [opened]), ...answer),
  );

test("passes at the highest version that is offered and declared, and at a higher one that only was offered", () => {
  expect(judged(["1.1", "1.2"], at("1.2"))).toEqual({ kind: "pass", evidence: [1] });
  expect(judged(["1.0", "1.1"], at("1.1")).kind).toBe("pass");
  const old = parseProfile({ stomp: { versions: ["1.1"] } }, "a test");
  const offering = connectedAtHighest("alice", ["1.1", "1.2"]);
  expect(verdictOf(offering, written(at("1.2")), old).kind).toBe("pass");
  expect(verdictOf(offering, written(at("1.1")), old).kind).toBe("pass");
});

test("fails at a lower version, or at one that was not offered", () => {
  expect(judged(["1.1", "1.2"], at("1.1"))).toEqual({
    kind: "fail",
    expected: "CONNECTED at version 1.2",
    actual: "CONNECTED at version 1.1",
    evidence: [1],
  });
  expect(judged(["1.1"], at("1.2")).kind).toBe("fail");
});

test("fails when there is no CONNECTED, whatever comes instead", () => {
  const actual = (...answer: readonly (readonly [number, NewEvent])[]) => judged(["1.2"], ...answer);
  expect(actual([1, { kind: "stomp-error", actor: "alice", message: "no" }])).toMatchObject({
    kind: "fail",
    actual: 'ERROR "no"',
  });
  expect(actual(closes("alice", 1, 1002))).toMatchObject({
    actual: 'the connection was closed with code 1002 "gone"',
  });
  const inVain = { kind: "waited-in-vain", actor: "alice", awaited: "an answer", waitedMs: 10_000 } as const;
  expect(actual([10_000, inVain])).toMatchObject({ kind: "fail", actual: "nothing in 10.000 s" });
});

test("a version that nobody declared is asked: a target may speak it, or refuse it, and not choose another", () => {
  expect(judged(["1.0"], at("1.0"))).toEqual({ kind: "pass", evidence: [1] });
  expect(judged(["1.0"], [1, { kind: "stomp-error", actor: "alice", message: "no" }]).kind).toBe(
    "not-applicable",
  );
  expect(judged(["1.0"], closes("alice", 1)).kind).toBe("not-applicable");
  expect(judged(["1.0"], at("1.2"))).toMatchObject({
    kind: "fail",
    expected: "CONNECTED at version 1.0, or an ERROR",
    actual: "CONNECTED at version 1.2",
  });
});

test("concludes nothing where nobody waited", () => {
  expect(judged(["1.2"]).kind).toBe("inconclusive");
  expect(judged(["1.2"], closes("bob", 1)).kind).toBe("inconclusive");
});
