import type { RunRecord } from "../../harness/judge/record.ts";
import { verdictSign, verdictWord } from "../../reports/read/record-queries.ts";
import { changesBetween, type VerdictChange, type RunChanges } from "../../reports/read/changes.ts";
import { differencesTitle, runDifferences } from "../../reports/read/run-differences.ts";
import { countOf, plain } from "../../reports/words/text.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { textAfter } from "../output/terminal-width.ts";
import { readRecord } from "./read-record.ts";

/**
 * Carries out `hangup diff`: prints the differences between two runs of one target.
 * Compares only cases that both runs included.
 * @returns 1 if a binding requirement newly fails; 3 if one is no longer decided or the later run was interrupted; 0
 * otherwise, also if a requirement fails that did not apply before
 * @throws UsageError for files that are not run records, and for records of two targets
 */
export async function diff(first: string, second: string): Promise<number> {
  const [before, after] = [await readRecord(first), await readRecord(second)];
  if (before.target.name !== after.target.name)
    throw new UsageError(
      `diff: the runs have different targets, "${plain(before.target.name, 120)}" and "${plain(after.target.name, 120)}". For two targets use compare.`,
    );
  const { worse, newlyJudged, open, better, race, other, notCompared } = changesBetween(before, after);
  const sections = [
    unlike(before, after),
    section(`${verdictSign.fail} new failures`, worse),
    section("newly judged", newlyJudged.toSorted(failuresFirst)),
    section("no longer decided", open),
    section("better", better),
    section("races that both runs lost, in different cases", race),
    section("other changes", other),
  ].flat();
  const [code, line] = conclusion({ worse, open }, after.exitCode === exitCodes.interrupted);
  const judgedFailures = newlyJudged.filter(({ is }) => is === "fail").length;
  const parts = [
    line,
    ...(judgedFailures === 0 ? [] : [`${countOf(judgedFailures, "failure")} newly judged`]),
    `${countOf(better.length, "failure")} fixed`,
    ...(notCompared === 0 ? [] : [`${countOf(notCompared, "case")} in one run only`]),
  ];
  console.log([...sections, textAfter("", parts.join(", "))].join("\n"));
  return code;
}

/** Returns the circumstances in which the runs differ. */
function unlike(before: RunRecord, after: RunRecord): string[] {
  const differences = runDifferences([
    { name: "before", record: before },
    { name: "after", record: after },
  ]);
  if (differences.length === 0) return [];
  return [
    differencesTitle,
    ...differences.map(({ what, values }) => textAfter("  ", `${what}: ${values}`)),
    "",
  ];
}

const failuresFirst = (a: VerdictChange, b: VerdictChange): number =>
  Number(b.is === "fail") - Number(a.is === "fail");

function conclusion({ worse, open }: Pick<RunChanges, "worse" | "open">, isCut: boolean): [number, string] {
  if (worse.some(({ binding }) => binding))
    return [exitCodes.nonconformant, `worse: ${countOf(worse.length, "new failure")}`];
  if (open.some(({ binding }) => binding))
    return [
      exitCodes.incomplete,
      `evidence incomplete: ${countOf(open.length, "requirement")} no longer decided`,
    ];
  if (isCut) return [exitCodes.incomplete, "evidence incomplete: the second run was interrupted"];
  return [exitCodes.conformant, `nothing got worse${worse.length === 0 ? "" : " that binds"}`];
}

function section(title: string, changes: readonly VerdictChange[]): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map(({ case: id, requirement, was, is, binding }) =>
    textAfter(
      "  ",
      `${plain(requirement, 80)} in ${plain(id, 160)}: was ${word(was)}, is ${word(is)}${binding ? "" : " (does not bind)"}`,
    ),
  );
  return [title, ...lines, ""];
}

const word = (kind: VerdictChange["is"]) => (kind === undefined ? "not judged" : verdictWord[kind]);
