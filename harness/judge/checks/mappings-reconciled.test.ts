import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { killedWith, probed, reconciling, up } from "../../../testing/harness/restarted.ts";
import {
  arrives,
  ends,
  profile as undeclared,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { mappingsReconciled } from "./mappings-reconciled.ts";

const both = [...arrives("alice", 10), ...arrives("bob", 10)];
const killed = killedWith(30, "alice", "bob");
const back = [up(100), ...arrives("carol", 110), ...arrives("back", 120, { client: "bob" })];
const judged = (...entries: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(mappingsReconciled(), written(...entries), reconciling());
const until = [probed(1, 0), ...both, probed(20, 2), ...killed, ...back];

test("passes where only those are stored who live, and fails where one more is, or one less", () => {
  const evidence = [0, both.length + 1, both.length + 2, until.length];
  expect(judged(...until, probed(2_120, 2))).toEqual({ kind: "pass", evidence });
  expect(judged(...until, probed(2_120, 4))).toEqual({
    kind: "fail",
    expected: "2 mappings by 2.100 s: those of the living sessions",
    actual: "the probe, read at 2.120 s, reported 4",
    evidence,
  });
  expect(judged(...until, probed(2_120, 1)).kind, "whoever came back was removed, too").toBe("fail");
});

test("what others had stored before stays out of it", () => {
  const more = [probed(1, 7), ...both, probed(20, 9), ...killed, ...back];
  expect(judged(...more, probed(2_120, 9)).kind).toBe("pass");
  expect(judged(...more, probed(2_120, 11)).kind).toBe("fail");
});

test("before its time is over nothing is asked, and whoever has left meanwhile is not expected", () => {
  expect(judged(...until, probed(2_119, 4)).kind).toBe("inconclusive");
  expect(judged(...until, probed(2_000, 4), probed(2_200, 2)).kind).toBe("pass");
  expect(judged(...until, ...ends("back", 200), probed(2_200, 1)).kind).toBe("pass");
});

test("is open where the target was not killed, did not come up, or a probe is missing or counts nothing", () => {
  const kindOf = (...entries: readonly (readonly [number, NewEvent])[]) => judged(...entries).kind;
  expect(kindOf(probed(1, 0), ...both, probed(20, 2), probed(2_120, 2))).toBe("inconclusive");
  expect(kindOf(probed(1, 0), ...both, probed(20, 2), ...killed, probed(2_120, 0))).toBe("inconclusive");
  expect(kindOf(...both, probed(20, 2), ...killed, ...back, probed(2_120, 2))).toBe("inconclusive");
  expect(kindOf(probed(1, 0), ...both, probed(20, 0), ...killed, ...back, probed(2_120, 2))).toBe(
    "inconclusive",
  );
  expect(kindOf(probed(1, 2), probed(2, 2), ...both, ...killed, ...back, probed(2_120, 4))).toBe(
    "inconclusive",
  );
});

test("without a probe it is not asked", () => {
  const verdict = verdictOf(mappingsReconciled(), written(...until, probed(2_120, 2)), undeclared);
  expect(verdict.kind).toBe("not-applicable");
});
