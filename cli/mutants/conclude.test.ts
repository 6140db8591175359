import { describe, expect, test } from "vitest";
import type { Requirement } from "../../harness/judge/requirement.ts";
import type { Verdict } from "../../harness/judge/verdict.ts";
import { concludeMutants, type MutantResults } from "./conclude.ts";
import { judgeMutant, judgeUnbroken } from "./judge-mutant.ts";
import { asking, claim, fails, open, passes, recordOf, seenOf } from "../../testing/cli/mutants.ts";

type JudgedVerdicts = Readonly<Record<string, Verdict>>;

const requirementOf = (id: string, level: Requirement["level"]): Requirement => ({
  id,
  level,
  basis: "flow",
  text: "",
  citation: "",
});

const catalogue = {
  cases: [asking("leave/fin", "A", "B"), asking("leave/rst", "A", "D")],
  requirements: [
    requirementOf("A", "MUST"),
    requirementOf("B", "SHOULD"),
    requirementOf("C", "MUST"),
    requirementOf("D", "MUST"),
  ],
  mutants: [claim],
  all: true,
};

/** Mutants by what one case said of each, beside an unbroken server. */
function findings(
  mutants: readonly JudgedVerdicts[],
  unbroken: JudgedVerdicts = { A: passes },
): MutantResults {
  const sound = [recordOf("leave/fin", unbroken)];
  return {
    mutants: mutants.map((verdicts) => judgeMutant(claim, seenOf([recordOf("leave/fin", verdicts)]), sound)),
    unbroken: [judgeUnbroken({}, seenOf(sound))],
    interrupted: false,
  };
}

const exitCodeOf = (found: MutantResults) => concludeMutants(found, catalogue).exitCode;

describe("the exit code", () => {
  test("0 when every mutant is killed for its reason", () => {
    expect(exitCodeOf(findings([{ A: fails }, { A: fails, B: fails }]))).toBe(0);
  });

  test.each([
    ["survived", findings([{ A: fails }, { A: passes }])],
    ["was killed for another reason", findings([{ A: passes, B: fails }])],
    ["has an unexpected failure", findings([{ A: fails, C: fails }])],
    ["is undecided beside one that survived", findings([{ A: open }, { A: passes }])],
  ])("1 when a mutant %s", (_, found) => {
    expect(exitCodeOf(found)).toBe(1);
  });

  test("1 when the unbroken server fails, though every mutant is killed elsewhere", () => {
    const found = findings([{ A: fails }]);
    const unbroken = [judgeUnbroken({}, seenOf([recordOf("leave/rst", { C: fails })]))];
    expect(exitCodeOf({ ...found, unbroken })).toBe(1);
  });

  test("3 when a mutant is undecided and nothing is wrong", () => {
    expect(exitCodeOf(findings([{ A: open }, { A: fails }]))).toBe(3);
  });

  test("130 when it was interrupted, whatever was found", () => {
    expect(exitCodeOf({ ...findings([{ A: passes }]), interrupted: true })).toBe(130);
  });
});

test("the totals count mutants, each by its state", () => {
  const found = findings([{ A: fails }, { A: fails, C: fails }, { A: passes }, { A: open }, { B: fails }]);
  expect(concludeMutants(found, catalogue).totals).toEqual({
    mutants: 5,
    killed: 2,
    killedOtherwise: 1,
    survived: 1,
    undecided: 1,
    unexpected: 1,
  });
});

describe("checks that kill nothing", () => {
  test("are all that fail no mutant as it says, with how many they have judged", () => {
    const { idleChecks } = concludeMutants(findings([{ A: fails, B: passes }, { A: passes }]), catalogue);
    expect(idleChecks).toEqual([
      { requirement: "B", check: "looks", mutants: 1 },
      { requirement: "D", check: "looks", mutants: 0 },
    ]);
  });

  test("are not those that fail what suffers too", () => {
    const { idleChecks } = concludeMutants(findings([{ A: fails, B: fails }]), catalogue);
    expect(idleChecks?.map(({ requirement }) => requirement)).toEqual(["D"]);
  });

  test("are those whose failures nobody expects, or the unbroken server has too", () => {
    const unexpected = concludeMutants(findings([{ A: fails, D: fails }]), catalogue);
    expect(unexpected.idleChecks?.map(({ requirement }) => requirement)).toContain("D");
    const unsound = concludeMutants(findings([{ A: fails }], { A: fails }), catalogue);
    expect(unsound.idleChecks?.map(({ requirement }) => requirement)).toContain("A");
  });

  test("are not told where not all mutants were run", () => {
    const found = findings([{ A: fails }]);
    expect(concludeMutants(found, { ...catalogue, all: false }).idleChecks).toBeNull();
    expect(concludeMutants({ ...found, interrupted: true }, catalogue).idleChecks).toBeNull();
  });
});

test("MUSTs without a mutant are those that a case asks and no mutant breaks", () => {
  // B is a SHOULD, and no case asks C.
  expect(concludeMutants(findings([]), catalogue).requirementsWithoutMutant).toEqual(["D"]);
});
