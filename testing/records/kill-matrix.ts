/** Kill matrices for tests: invented, in the form of a real one. */
import { hostileStrings } from "./hostile.ts";
import {
  checkKind,
  columnKey,
  type MutantFinding,
  type KillMatrix,
  type MutantResult,
} from "../../reports/kill-matrix/record.ts";

/** Returns a failure in a case. */
const finding = (requirement: string, check: string, place = 0): MutantFinding => ({
  requirement,
  check,
  case: `leave/fin[transport=websocket,phase=${place}]`,
  expected: `carol hears once that alice has left (case ${place})`,
  actual: "carol heard it twice",
});

const inCases = (number: number, requirement: string, check: string): MutantFinding[] =>
  Array.from({ length: number }, (_, place) => finding(requirement, check, place));

/** Returns the result of a mutant with the given failures and one check passed. */
function mutantOf(name: string, changes: Partial<MutantResult>): MutantResult {
  const { kills = [], alsoKills = [], unexpected = [] } = changes;
  const failed = new Map([...kills, ...alsoKills, ...unexpected].map((one) => [columnKey(one), one]));
  const counts = { pass: 0, fail: 0, inconclusive: 0, notApplicable: 0 };
  return {
    name,
    description: "Tells every leave two times.",
    options: {},
    breaks: ["LEAVE-NOT-TWICE"],
    alsoBreaks: [],
    state: "killed",
    reason: null,
    kills,
    alsoKills,
    unexpected,
    discounted: [],
    judged: [
      ...Array.from(failed.values(), ({ requirement, check }) => ({
        requirement,
        check: checkKind(check),
        ...counts,
        fail: 4,
      })),
      { requirement: "NO-FALSE-LEAVE", check: "no-false-leave", ...counts, pass: 9 },
    ],
    cases: { pass: 9, fail: 4, inconclusive: 1, notApplicable: 2 },
    durationMs: 4321,
    ...changes,
  };
}

const twice = mutantOf("announces-leave-twice", { kills: inCases(17, "LEAVE-NOT-TWICE", "no-leave-twice") });

const late = mutantOf("announces-leave-late", {
  description: "Tells a leave three times as late as it may.",
  options: { policy: "person" },
  breaks: ["LEAVE-IN-TIME", "BACK-WITHIN-GRACE"],
  alsoBreaks: ["LEAVE-ON-CLOSE"],
  kills: inCases(3, "LEAVE-IN-TIME", "left-inside-window(alice)"),
  alsoKills: inCases(1, "LEAVE-ON-CLOSE", "heard-by-all(alice)"),
});

const survivor = mutantOf("leaks-mappings", {
  state: "survived",
  reason: "it passes every check of NO-DRIFT that came to a verdict",
  breaks: ["NO-DRIFT"],
});

const otherwise = mutantOf("closes-neighbour", {
  state: "killed-otherwise",
  reason: "not by LEAVE-NOT-TWICE, but by GONE-STAYS-GONE: stays-gone in leave/fin",
  unexpected: inCases(2, "GONE-STAYS-GONE", "stays-gone"),
  discounted: [{ ...finding("LEAVE-NOT-TWICE", "no-leave-twice"), why: "it cites no evidence" }],
});

const undecided = mutantOf("misses-closed-tabs", {
  state: "undecided",
  reason: "browser/tab-closed, heard-by-all(alice): no browser",
  breaks: ["LEAVE-ON-PAGE-GONE"],
});

/** Returns a matrix without trouble: every mutant is killed by its requirement. */
export const allKilled = (): KillMatrix => matrixOf([twice, { ...late, breaks: ["LEAVE-IN-TIME"] }]);

/** Returns a matrix with a mutant in every state and every kind of trouble. */
export const withTrouble = (): KillMatrix =>
  matrixOf([twice, late, survivor, otherwise, undecided], {
    exitCode: 1,
    unbroken: [
      {
        options: {},
        cases: { pass: 61, fail: 1, inconclusive: 1, notApplicable: 3 },
        notPassed: [
          {
            requirement: "LEAVE-IN-TIME",
            check: "left-inside-window(alice)",
            case: "silence/blackhole",
            kind: "fail",
            words: "carol heard it at 1.628 s, too early",
          },
        ],
        durationMs: 32_100,
      },
    ],
    idleChecks: [{ requirement: "NO-FALSE-LEAVE", check: "no-false-leave", mutants: 5 }],
    requirementsWithoutMutant: ["NO-FALSE-LEAVE"],
    notRun: ["never-run"],
    notes: ["Browser cases were not run: no browser"],
  });

function matrixOf(mutants: MutantResult[], changes: Partial<KillMatrix> = {}): KillMatrix {
  const count = (state: MutantResult["state"]) => mutants.filter((one) => one.state === state).length;
  return {
    schemaVersion: 1,
    tool: { name: "hangup", version: "0.1.0" },
    environment: { node: "v20.20.2", platform: "linux x64", cpus: 2, browser: "Chromium 156.0.8078.79" },
    startedAt: "2026-11-22T08:33:12.000Z",
    durationMs: 363_000,
    lagMaxMs: 41.5,
    selected: null,
    everyCase: false,
    interrupted: false,
    exitCode: 0,
    totals: {
      mutants: mutants.length,
      killed: count("killed"),
      killedOtherwise: count("killed-otherwise"),
      survived: count("survived"),
      undecided: count("undecided"),
      unexpected: mutants.filter(({ unexpected }) => unexpected.length > 0).length,
    },
    unbroken: [
      {
        options: {},
        cases: { pass: 63, fail: 0, inconclusive: 0, notApplicable: 3 },
        notPassed: [],
        durationMs: 32_100,
      },
    ],
    mutants,
    notRun: [],
    idleChecks: [],
    requirementsWithoutMutant: [],
    notes: [],
    ...changes,
  };
}

/** Words that the matrix's type fixes. */
const fixed = new Set(["state", "kind", "startedAt"]);

/** Makes every free string of a matrix hostile. Equal strings stay equal. */
export function hostileMatrix(matrix: KillMatrix = withTrouble()): KillMatrix {
  const places = new Map<string, number>();
  const poison = (original: string): string => {
    const place = places.get(original) ?? places.size;
    places.set(original, place);
    return `${hostileStrings[place % hostileStrings.length] ?? ""}${original}`;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return fixed.has(key) ? value : poison(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        key === "options" ? poison(name) : name,
        walk(inner, name),
      ]),
    );
  };
  return { ...(walk(matrix, "") as KillMatrix), tool: { name: "hangup", version: poison("0.1.0") } };
}
