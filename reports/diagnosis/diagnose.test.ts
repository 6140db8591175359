import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";
import { recordWithDefects } from "../../testing/records/defects.ts";
import type { Cause, Prediction } from "./cause.ts";
import { cellsOf, questionOf } from "./cells.ts";
import { diagnose } from "./diagnose.ts";

const fails = { kind: "fail", expected: "a leave", actual: "none", evidence: [0] } as const;
const passes = { kind: "pass", evidence: [0] } as const;
const open = { kind: "inconclusive", reason: "the harness was late" } as const;

/** A run in which each case has one check, with this verdict. */
function runOf(verdicts: Readonly<Record<string, "fail" | "pass" | "open">>): RunRecord {
  const verdictOf = { fail: fails, pass: passes, open };
  return recordOf(
    Object.entries(verdicts).map(([id, kind]) =>
      caseOf(id, id, [checkOf("LEAVE-ON-CLOSE", "heard-by-all(alice)", verdictOf[kind])]),
    ),
  );
}

/** A cause that predicts the answers to these cases, and knows no others. */
const causeOf = (
  id: string,
  answers: Readonly<Record<string, Prediction>>,
  more: Partial<Cause> = {},
): Cause => ({
  id,
  class: id,
  look: () => ({
    sentence: `The server has ${id}.`,
    predict: ({ run }) => answers[run.id] ?? "unknown",
  }),
  ...more,
});

const three = { "a/1": "fail", "a/2": "fail", "a/3": "fail" } as const;

describe("a cause is very likely", () => {
  test("if it explains failures of three scenarios, and nothing speaks against it", () => {
    expect(diagnose(runOf({ ...three, "a/4": "pass" }), [causeOf("x", { ...three, "a/4": "pass" })])).toEqual(
      [
        {
          cause: "x",
          sentence: "The server has x.",
          confidence: "very likely",
          explains: ["a/1", "a/2", "a/3"].map((id) => ({
            case: id,
            requirement: "LEAVE-ON-CLOSE",
            check: "heard-by-all",
          })),
          advice: "LEAVE-ON-CLOSE",
        },
      ],
    );
  });

  test("if it is a rule, also by one scenario", () => {
    const one = causeOf("x", three, { isRule: true });
    expect(diagnose(runOf({ "a/1": "fail" }), [one])).toMatchObject([{ confidence: "very likely" }]);
  });
});

describe("a cause is likely, no more,", () => {
  test("if it explains failures of two scenarios", () => {
    const run = runOf({ "a/1": "fail", "a/2": "fail" });
    expect(diagnose(run, [causeOf("x", three)])).toMatchObject([{ confidence: "likely" }]);
  });

  test("if something that it predicts to fail has passed", () => {
    const predicted = { ...three, "a/4": "fail", "a/5": "fail", "a/6": "fail" } as const;
    const run = runOf({ ...predicted, "a/6": "pass" });
    expect(diagnose(run, [causeOf("x", predicted)])).toMatchObject([{ confidence: "likely" }]);
  });

  test("if a failure of the same check is explained by nothing", () => {
    const run = runOf({ ...three, "b/1": "fail" });
    expect(diagnose(run, [causeOf("x", three)])).toMatchObject([{ confidence: "likely" }]);
  });

  test("if another cause explains as much; it says what tells them apart", () => {
    const causes = [causeOf("x", { ...three, "a/4": "pass" }), causeOf("y", { ...three, "a/4": "fail" })];
    expect(diagnose(runOf(three), causes)).toMatchObject([
      {
        cause: "x",
        confidence: "likely",
        apart: "It may also be: The server has y. No case tells them apart.",
      },
    ]);
    const known = [causeOf("x", { ...three, "a/4": "pass" }), causeOf("y", { ...three, "a/5": "fail" })];
    expect(diagnose(runOf({ ...three, "a/4": "pass" }), known)).toHaveLength(1);
  });
});

describe("nothing is said", () => {
  test("about a run without failures", () => {
    expect(diagnose(runOf({ "a/1": "pass", "a/2": "open" }))).toEqual([]);
  });

  test("where three classes explain as much", () => {
    expect(diagnose(runOf(three), [causeOf("x", three), causeOf("y", three), causeOf("z", three)])).toEqual(
      [],
    );
  });

  test("where most of what the cause predicts has passed", () => {
    const run = runOf({ "a/1": "fail", "a/2": "pass", "a/3": "pass" });
    expect(diagnose(run, [causeOf("x", three)])).toEqual([]);
  });

  test("where it explains few of the failures like its own", () => {
    const run = runOf({ "a/1": "fail", "b/1": "fail", "b/2": "fail" });
    expect(diagnose(run, [causeOf("x", three)])).toEqual([]);
  });
});

describe("of two causes in one class that explain as much", () => {
  const mutant = causeOf("mutant", three, { class: "c" });

  test("the rule says more than the mutant", () => {
    const rule = causeOf("rule", three, { class: "c", isRule: true });
    expect(diagnose(runOf(three), [mutant, rule])).toMatchObject([
      { cause: "rule", confidence: "very likely" },
    ]);
  });

  test("the mutant says more than a general rule", () => {
    const rule: Cause = {
      ...mutant,
      id: "rule",
      isRule: true,
      look: (facts) => {
        const found = mutant.look(facts);
        return found === undefined ? undefined : { ...found, isGeneral: true };
      },
    };
    expect(diagnose(runOf(three), [rule, mutant])).toMatchObject([{ cause: "mutant" }]);
  });
});

test("several causes cover the failures, the one that explains the most first", () => {
  const run = runOf({ ...three, "b/1": "fail", "b/2": "fail", "b/3": "fail", "b/4": "fail" });
  const others = { "b/1": "fail", "b/2": "fail", "b/3": "fail", "b/4": "fail" } as const;
  const said = diagnose(run, [causeOf("x", three), causeOf("y", others)]);
  expect(said.map(({ cause, confidence }) => [cause, confidence])).toEqual([
    ["y", "very likely"],
    ["x", "very likely"],
  ]);
});

describe("a run on a server with known defects", () => {
  test("names one defect, in a line or two", () => {
    const said = diagnose(recordWithDefects("hears-only-disconnect-frame"));
    // As a terminal can print it.
    const lines = said.flatMap(({ sentence, confidence, explains }, place) => [
      `${place + 1}  ${sentence}`,
      `   Cause ${confidence}: explains ${explains.length} failures.`,
    ]);
    expect(lines).toMatchInlineSnapshot(`
      [
        "1  The server announces a leave only after a DISCONNECT frame. It does not react to the end of a connection, such as a closed tab.",
        "   Cause very likely: explains 110 failures.",
      ]
    `);
  });

  test("names two defects", () => {
    const said = diagnose(recordWithDefects("hears-only-goodbyes", "first-identify-wins"));
    expect(said.slice(0, 3).map(({ cause }) => cause)).toEqual(
      expect.arrayContaining(["hears-only-goodbyes", "first-identify-wins"]),
    );
  });

  test("does not depend on the order of the cases", () => {
    const record = recordWithDefects("announces-leave-late", "needs-stomp-heartbeats");
    const said = diagnose(record).map(({ cause }) => cause);
    fc.assert(
      fc.property(fc.shuffledSubarray([...record.cases], { minLength: record.cases.length }), (cases) => {
        expect(diagnose({ ...record, cases }).map(({ cause }) => cause)).toEqual(said);
      }),
      { numRuns: 5 },
    );
  });
});

const anyRun = fc
  .dictionary(fc.stringMatching(/^[ab]\/[1-6]$/), fc.constantFrom("fail", "pass", "open"))
  .map(runOf);
const anyCauses = fc
  .array(
    fc.dictionary(
      fc.stringMatching(/^[ab]\/[1-6]$/),
      fc.constantFrom<Prediction>("fail", "pass", "either", "unknown"),
    ),
    { maxLength: 6 },
  )
  .map((all) => all.map((answers, place) => causeOf(`cause ${place}`, answers)));

test("what is explained has failed, and is explained once", () => {
  fc.assert(
    fc.property(anyRun, anyCauses, (run, causes) => {
      const failed = cellsOf(run).filter((cell) => cell.failed);
      const known = failed.map((cell) => `${cell.run.id} ${questionOf(cell)}`);
      const explained = diagnose(run, causes).flatMap(({ explains }) =>
        explains.map(({ case: id, requirement, check }) => `${id} ${requirement} ${check}`),
      );
      expect(new Set(explained).size).toBe(explained.length);
      expect(known).toEqual(expect.arrayContaining(explained));
    }),
  );
});

test("an inconclusive check counts neither for a cause nor against it", () => {
  fc.assert(
    fc.property(anyRun, anyCauses, (run, causes) => {
      const judged = run.cases.filter(({ verdicts }) =>
        verdicts.every(({ kind }: CheckRecord) => kind !== "inconclusive"),
      );
      expect(diagnose(run, causes)).toEqual(diagnose({ ...run, cases: judged }, causes));
    }),
  );
});
