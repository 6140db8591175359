import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { count, countOf, duration, plain } from "../words/text.ts";
import type { MutantFinding, KillMatrix, MutantResult, MutantState, UnbrokenResult } from "./record.ts";

export const stateWord: Readonly<Record<MutantState, string>> = {
  killed: "killed for its reason",
  "killed-otherwise": "killed for another reason",
  survived: "survived",
  undecided: "undecided",
};

/** Verdict that gives a state its sign. A mutant that the suite found counts as a pass. */
export const stateKind: Readonly<Record<MutantState, VerdictKind>> = {
  killed: "pass",
  "killed-otherwise": "fail",
  survived: "fail",
  undecided: "inconclusive",
};

/** Returns the verdict for the whole matrix, by its exit code. */
export function matrixKind({ exitCode }: KillMatrix): VerdictKind {
  return exitCode === 0 ? "pass" : exitCode === 1 ? "fail" : "inconclusive";
}

/** Returns the result in a few words. */
export function headline(matrix: KillMatrix): string {
  const { totals, interrupted, unbroken } = matrix;
  if (interrupted) return "Interrupted";
  const open = totals.mutants - totals.killed;
  if (open > 0) return `${countOf(open, "mutant")} not killed for ${open === 1 ? "its" : "their"} reason`;
  if (unbroken.some(({ notPassed }) => notPassed.some(({ kind }) => kind === "fail")))
    return "The unbroken server fails";
  if (totals.unexpected > 0) return `${countOf(totals.unexpected, "mutant")} with unexpected failures`;
  return "Every mutant is killed";
}

/** Returns a sentence such as `47 of 50 mutants killed for their reason, 2 survived, 1 undecided, in 6 min 3 s`. */
export function summarySentence({ totals, durationMs, notRun }: KillMatrix): string {
  const others = [
    [totals.killedOtherwise, "killed for another reason"],
    [totals.survived, "survived"],
    [totals.undecided, "undecided"],
    [notRun.length, "not run"],
    [totals.unexpected, "with unexpected failures"],
  ] as const;
  const all = totals.mutants + notRun.length;
  return [
    `${count(totals.killed)} of ${countOf(all, "mutant")} killed for ${all === 1 ? "its" : "their"} reason`,
    ...others.flatMap(([number, what]) => (number === 0 ? [] : [`${count(number)} ${what}`])),
    `in ${duration(durationMs)}`,
  ].join(", ");
}

/** Returns a sentence such as `The unbroken server passed 61 of 63 cases, 2 not applicable`. */
export function unbrokenSentence({ options, cases }: UnbrokenResult): string {
  const { pass, fail, inconclusive, notApplicable } = cases;
  const named = Object.entries(options).map(([name, value]) => plain(`${name} ${String(value)}`, 80));
  const others = [
    [fail, "failed"],
    [inconclusive, "inconclusive"],
    [notApplicable, "not applicable"],
  ] as const;
  return [
    `The unbroken server${named.length === 0 ? "" : ` with ${named.join(", ")}`} passed ${count(pass)} of ${countOf(pass + fail + inconclusive + notApplicable, "case")}`,
    ...others.flatMap(([number, what]) => (number === 0 ? [] : [`${count(number)} ${what}`])),
  ].join(", ");
}

/** Returns the check that found the mutant, or the reason why none did. */
export function howFound({ kills, reason }: MutantResult): string {
  return reason === null ? foundBy(kills) : plain(reason, 300);
}

/** Returns a text such as `LEAVE-NOT-TWICE: no-leave-twice in leave/fin and 7 more`. */
export function foundBy([first, ...others]: readonly MutantFinding[]): string {
  if (first === undefined) return "nothing";
  return `${plain(first.requirement, 80)}: ${plain(first.check, 80)} in ${plain(first.case, 160)}${andMore(others.length)}`;
}

const andMore = (more: number): string => (more > 0 ? ` and ${count(more)} more` : "");
