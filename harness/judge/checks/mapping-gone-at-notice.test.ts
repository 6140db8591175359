import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { probed } from "../../../testing/harness/restarted.ts";
import { arrives, ends, hears, verdictOf, written } from "../../../testing/harness/written.ts";
import { mappingGoneAtNotice } from "./mapping-gone-at-notice.ts";

const bob = arrives("bob", 0);
const alice = arrives("alice", 10);
const left = [...ends("alice", 30), hears("bob", "leave", "alice", 40)];
const judged = (...entries: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(mappingGoneAtNotice("alice"), written(...entries));

test("passes where as many are stored at the notice as before the actor came, and not where one more is", () => {
  const until = [...bob, probed(5, 3), ...alice, probed(20, 4), ...left];
  const places = [bob.length, bob.length + 1 + alice.length, until.length - 1, until.length];
  expect(judged(...until, probed(41, 3))).toEqual({ kind: "pass", evidence: places });
  expect(judged(...until, probed(41, 4))).toEqual({
    kind: "fail",
    expected: "3 mappings as soon as bob has received the leave of alice (0.040 s)",
    actual: "the probe, read at 0.041 s, reported 4",
    evidence: places,
  });
  expect(judged(...until, probed(41, 2)).kind, "somebody else's was removed").toBe("fail");
});

test("the first answer after the notice counts, and none to a question that was asked before it", () => {
  const until = [...bob, probed(5, 3), ...alice, probed(20, 4)];
  const late = [39, { ...probed(0, 4)[1], askedAtMs: 39 } as NewEvent] as const;
  expect(judged(...until, ...left, late, probed(41, 3)).kind).toBe("pass");
  expect(judged(...until, ...left, probed(41, 4), probed(900, 3)).kind).toBe("fail");
});

test("is open where a probe is missing, does not count mappings, or nobody heard anything", () => {
  const reasonOf = (...entries: readonly (readonly [number, NewEvent])[]) => {
    const verdict = judged(...entries);
    return verdict.kind === "inconclusive" ? verdict.reason : verdict.kind;
  };
  const missing = /was not read before alice connected, while it was connected and after it had left/;
  expect(reasonOf(...bob, ...alice, probed(20, 4), ...left, probed(41, 3))).toMatch(missing);
  expect(reasonOf(...bob, probed(5, 3), ...alice, ...left, probed(41, 3))).toMatch(missing);
  expect(reasonOf(...bob, probed(5, 3), ...alice, probed(20, 4), ...left)).toMatch(missing);
  for (const mappings of [3, 5])
    expect(reasonOf(...bob, probed(5, 3), ...alice, probed(20, mappings), ...left, probed(41, 3))).toMatch(
      /reported 3 mappings before alice identified and \d after it/,
    );
  const unheard = [...bob, probed(5, 3), ...alice, probed(20, 4), ...ends("alice", 30), probed(41, 3)];
  expect(reasonOf(...unheard)).toBe("no observer received the leave of alice");
  expect(reasonOf(...bob, ...alice, probed(20, 4))).toBe("alice's end never began");
});
