import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { probed } from "../../../testing/harness/restarted.ts";
import { verdictOf, waitedOut, written } from "../../../testing/harness/written.ts";
import { noDrift } from "./no-drift.ts";

const passes = (name: string, witness: string | null = "seen") =>
  [
    5,
    { kind: "passed-by", actor: name, client: name, transport: "websocket", fault: "fin", witness },
  ] as const;
const crowd = [passes("one"), passes("two"), passes("three")];
const judged = (...entries: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(noDrift(), written(...entries));
const before = [probed(1, 0, { sessions: 1 }), probed(2, 1, { sessions: 2 })];

test("passes where the target stores as much and holds as many sessions as before", () => {
  const evidence = [0, 1, 2, 4, 6];
  expect(judged(...before, ...crowd, waitedOut(6), probed(7, 1, { sessions: 2 }))).toEqual({
    kind: "pass",
    evidence,
  });
  expect(judged(probed(1, 0), probed(2, 1), ...crowd, waitedOut(6), probed(7, 1))).toEqual({
    kind: "pass",
    evidence,
  });
});

test("fails for one more and for one less of either", () => {
  const failed = (mappings: number, sessions: number) =>
    judged(...before, ...crowd, waitedOut(6), probed(7, mappings, { sessions }));
  expect(failed(2, 2)).toEqual({
    kind: "fail",
    expected: "1 mapping, as before, after 3 sessions",
    actual: "the probe reported 2",
    evidence: [0, 1, 2, 4, 6],
  });
  expect(failed(0, 2)).toMatchObject({ kind: "fail", actual: "the probe reported 0" });
  expect(failed(1, 3)).toMatchObject({
    kind: "fail",
    expected: expect.stringMatching(/^2 open sessions/) as string,
  });
  expect(failed(1, 1).kind).toBe("fail");
});

test("is open where nobody passed by, an end is not shown, or a probe is missing or counts nothing", () => {
  const open = (reason: RegExp) => ({
    kind: "inconclusive",
    reason: expect.stringMatching(reason) as string,
  });
  const after = [waitedOut(6), probed(7, 1, { sessions: 2 })];
  expect(judged(...before, ...after)).toEqual(open(/^no session of a crowd ended$/));
  expect(judged(...before, ...crowd, passes("four", null), ...after)).toEqual(
    open(/^nothing shows that fin took effect on four$/),
  );
  const missing = open(/^the probe was not read twice before the crowd and once after all deadlines$/);
  expect(judged(probed(2, 1), ...crowd, ...after)).toEqual(missing);
  expect(judged(...before, ...crowd, waitedOut(6))).toEqual(missing);
  expect(judged(...before, ...crowd, probed(7, 1))).toEqual(missing);
  expect(judged(probed(1, 1), probed(2, 1), ...crowd, ...after)).toEqual(open(/it does not count them$/));
});
