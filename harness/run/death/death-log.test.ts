import { expect, test } from "vitest";
import { leaving } from "../../../testing/harness/chat-run.ts";
import { DeathLog } from "./death-log.ts";
import type { TargetLoss } from "./target-watch.ts";

const lossOf = (...ids: string[]): TargetLoss => ({
  atMs: performance.now(),
  exit: { end: "exit code 1", lastLines: ["oops"] },
  suspects: ids.flatMap((id) => leaving(id)).map((one) => ({ one, ranMs: 1, isVoid: true })),
});

test("a run may have 19 deaths of its cases, and 5 that no case repeats", () => {
  const explained = new DeathLog(true);
  for (let n = 1; n < 20; n += 1) explained.addKiller(`n${n}`);
  expect(explained.tooMany).toBeUndefined();
  explained.addKiller("n20");
  expect(explained.tooMany).toBe("The target died 20 times.");
  const unexplained = new DeathLog(true);
  for (let n = 1; n < 6; n += 1) unexplained.addUnexplained(lossOf("a"), "not repeatable");
  expect(unexplained.tooMany).toBeUndefined();
  unexplained.addUnexplained(lossOf("a"), "not repeatable");
  expect(unexplained.tooMany).toBe("The target died 6 times.");
});

test("a target that hangup did not start may be away 5 times", () => {
  const log = new DeathLog(false);
  for (let n = 1; n < 7; n += 1) log.addAbsence(lossOf("a"), 2_000);
  expect(log.tooMany).toBe("The target was gone 6 times.");
  expect(log.hasFindings).toBe(false);
  expect(log.remarks).toHaveLength(6);
});

test("notes name the cases: the killers in one sentence, other deaths in one each", () => {
  const log = new DeathLog(true);
  for (const id of ["a", "b", "c", "d"]) log.addKiller(id);
  log.addUnexplained(lossOf("e", "f"), "not repeatable");
  expect(log.remarks).toEqual([
    "The target died in 4 cases: a, b, c and 1 more.",
    expect.stringMatching(
      /^The target died .* after the first case began, at \d\d:\d\d:\d\d UTC \(exit code 1\), while e, f ran\. Search: not repeatable\.$/,
    ),
  ]);
});

test("deaths without a case go into the last attempt, or into an empty one", () => {
  const log = new DeathLog(true);
  log.addUnexplained(lossOf("e", "f"), "not repeatable");
  const death = { kind: "target-died", suspects: ["e", "f"], search: "not repeatable", lastLines: ["oops"] };
  expect(log.withFindings([])).toMatchObject([{ events: [{ ...death, index: 0, atMs: 0 }] }]);
  const before = { alone: true, trouble: null, durationMs: 7, lagMaxMs: 0, events: [] };
  expect(log.withFindings([before, before])).toMatchObject([before, { events: [{ ...death, atMs: 7 }] }]);
});
