import { describe, expect, test } from "vitest";
import type { Verdict } from "../../harness/judge/verdict.ts";
import { judgeMutant, judgeUnbroken } from "./judge-mutant.ts";
import {
  claim,
  fails,
  failsWithoutEvidence,
  open,
  passes,
  recordOf,
  seenOf,
  unasked,
} from "../../testing/cli/mutants.ts";

type Verdicts = Readonly<Record<string, Verdict>>;

/** One case on the mutant, and the same one on the unbroken server. */
const judged = (mutant: Verdicts, unbroken: Verdicts = { A: passes }) =>
  judgeMutant(claim, seenOf([recordOf("leave/fin", mutant)]), [recordOf("leave/fin", unbroken)]);

const found = {
  requirement: "A",
  check: "looks(alice)",
  case: "leave/fin",
  expected: "one leave",
  actual: "two leaves",
};

describe("killed for its reason", () => {
  test("by a failure of what it breaks, with evidence, in a case that the unbroken server passes", () => {
    expect(judged({ A: fails })).toMatchObject({ state: "killed", reason: null, kills: [found] });
  });

  test("whatever else is open, or was interrupted", () => {
    const cases = [recordOf("leave/fin", { A: fails, B: open }), recordOf("leave/rst", { A: open })];
    const unbroken = [recordOf("leave/fin", { A: passes })];
    expect(judgeMutant(claim, seenOf(cases, "interrupted"), unbroken).state).toBe("killed");
  });

  test("not without evidence", () => {
    const result = judged({ A: failsWithoutEvidence });
    expect(result).toMatchObject({ state: "undecided", kills: [] });
    expect(result.discounted).toEqual([{ ...found, why: "it cites no evidence" }]);
  });

  test.each([
    ["fails", { A: passes, C: fails }, "the unbroken server fails this case, too"],
    ["leaves open", { A: passes, C: open }, "the unbroken server did not pass this case"],
    ["can't be asked", { A: unasked }, "the unbroken server did not pass this case"],
  ])("not in a case that the unbroken server %s", (_, unbroken, why) => {
    const result = judged({ A: fails }, unbroken);
    expect(result).toMatchObject({ state: "undecided", kills: [], discounted: [{ ...found, why }] });
    expect(result.reason).toBe("leave/fin, looks(alice): the unbroken server did not pass it");
  });

  test("not in a case that the unbroken server did not come to", () => {
    const result = judgeMutant(claim, seenOf([recordOf("leave/fin", { A: fails })]), []);
    expect(result).toMatchObject({ state: "undecided", kills: [] });
  });

  test("not by what is open: that is no verdict", () => {
    expect(judged({ A: open })).toMatchObject({
      state: "undecided",
      reason: "leave/fin, looks(alice): the harness was late",
    });
  });
});

test("killed for another reason: what suffers too has failed, what it breaks has not", () => {
  expect(judged({ A: passes, B: fails })).toMatchObject({
    state: "killed-otherwise",
    reason: "not by A, but by B: looks(alice) in leave/fin",
    kills: [],
    alsoKills: [{ requirement: "B" }],
    unexpected: [],
  });
});

test("survived: a check of what it breaks has passed, and none has failed", () => {
  const cases = [recordOf("leave/fin", { A: passes }), recordOf("leave/rst", { A: open })];
  const unbroken = [recordOf("leave/fin", { A: passes }), recordOf("leave/rst", { A: passes })];
  expect(judgeMutant(claim, seenOf(cases), unbroken).state).toBe("survived");
});

test("survived, where no case asks for what it breaks: no harness could find it out", () => {
  expect(judged({ C: passes })).toMatchObject({ state: "survived", reason: "no case asks for A" });
});

describe("undecided", () => {
  test("where nothing of what it breaks can be asked on this machine, even if something else has failed", () => {
    const result = judged({ A: unasked, B: fails });
    expect(result).toMatchObject({ state: "undecided", alsoKills: [{ requirement: "B" }] });
    expect(result.reason).toBe("leave/fin, looks(alice): no browser");
  });

  test("where its server did not start", () => {
    const result = judgeMutant(claim, seenOf([], "it did not start"), [recordOf("leave/fin", { A: passes })]);
    expect(result).toMatchObject({ state: "undecided", reason: "it did not start" });
  });
});

describe("a failure outside both lists", () => {
  test("is told, also without evidence, and also of a mutant that is killed for its reason", () => {
    expect(judged({ A: fails, C: failsWithoutEvidence })).toMatchObject({
      state: "killed",
      unexpected: [{ requirement: "C" }],
      discounted: [],
    });
  });

  test("is not the mutant's, where the unbroken server has it too", () => {
    const result = judged({ C: fails }, { C: fails });
    expect(result.unexpected).toEqual([]);
    expect(result.discounted).toHaveLength(1);
  });
});

test("counts each check without its actors, and each case by its worst", () => {
  const cases = [
    recordOf("leave/fin", { A: fails, B: passes }),
    recordOf("leave/rst", { A: passes, B: open }),
    recordOf("browser/reload", { A: unasked }),
  ];
  const result = judgeMutant(claim, seenOf(cases), []);
  expect(result.judged).toEqual([
    { requirement: "A", check: "looks", pass: 1, fail: 1, inconclusive: 0, notApplicable: 1 },
    { requirement: "B", check: "looks", pass: 1, fail: 0, inconclusive: 1, notApplicable: 0 },
  ]);
  expect(result.cases).toEqual({ pass: 0, fail: 1, inconclusive: 1, notApplicable: 1 });
});

test("of the unbroken server everything is told that did not pass and could be asked", () => {
  const cases = [
    recordOf("leave/fin", { A: fails, B: passes }),
    recordOf("leave/rst", { A: open }),
    recordOf("browser/reload", { A: unasked }),
  ];
  const { notPassed } = judgeUnbroken({}, seenOf(cases));
  expect(notPassed).toEqual([
    { requirement: "A", check: "looks(alice)", case: "leave/fin", kind: "fail", words: "two leaves" },
    {
      requirement: "A",
      check: "looks(alice)",
      case: "leave/rst",
      kind: "inconclusive",
      words: "the harness was late",
    },
  ]);
});
