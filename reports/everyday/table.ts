import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "../read/record-queries.ts";
import { answersOf, isBad, transportOf, type NoticeAnswer, type AnsweredCase } from "./answers.ts";
import { figuresOf, noFigures, type Figures } from "./figures.ts";
import { remarksOn, skippedIn, variantOf, whyNot } from "./remarks.ts";
import { predicateOf, type Predicate } from "./predicate.ts";
import { endingOf, everydayEndings, type EverydayEnding } from "./endings.ts";

/** Answer to one question about one ending. */
export interface EverydayCell {
  readonly kind: VerdictKind;
  readonly word: string;
}

/** Everyday ending with the answers of its cases. */
export interface EverydayRow extends Figures, Pick<EverydayEnding, "does" | "subject"> {
  readonly way: EverydayEnding;
  /** Worst answer; `not-applicable` if no case was judged, so that such a row is never green. */
  readonly kind: VerdictKind;
  readonly told: EverydayCell;
  readonly once: EverydayCell;
  readonly named: EverydayCell;
  /** Numbers, transports and reasons; for a row without judged cases, the reason. */
  readonly remarks: readonly string[];
  /** Cases of the row, the worst first. */
  readonly cases: readonly CaseRecord[];
  /** Cases that make the row red. */
  readonly failing: readonly CaseRecord[];
  /** Variants that could not be tried, such as a drop with real packet loss. */
  readonly skipped: readonly string[];
  readonly predicate: Predicate;
}

/** Returns the table of everyday endings, one row per entry of `everydayEndings`. */
export function everydayRows(record: RunRecord): readonly EverydayRow[] {
  return everydayEndings.map((way) => {
    const all = record.cases.filter((run) => endingOf(run) === way).map((run) => answersOf(run, record));
    const judged = all.filter(({ told }) => told !== "not asked");
    return judged.length === 0 ? untried(way, all, record) : rowOf(way, { all, judged, record });
  });
}

interface EverydayFindings {
  readonly all: readonly AnsweredCase[];
  readonly judged: readonly AnsweredCase[];
  readonly record: RunRecord;
}

function rowOf(way: EverydayEnding, { all, judged, record }: EverydayFindings): EverydayRow {
  const told = cellOf(judged, ({ told: answer }) => answer);
  const figures = figuresOf(judged);
  // Beside "never", a "yes" about the few leaves that arrived would be misread.
  const arrived = (cell: EverydayCell) =>
    figures.typical === "never" && cell.kind === "pass" ? noCell : cell;
  const cells = {
    told,
    once: arrived(cellOf(judged, ({ once }) => once)),
    named: arrived(cellOf(judged, ({ named }) => named)),
  };
  const kinds = Object.values(cells).map(({ kind }) => kind);
  const skipped = skippedIn(all);
  const inBrowser = judged.some(({ run }) => run.scenario.startsWith("browser/"));
  const { does, subject } = inBrowser ? way : (way.withoutBrowser ?? way);
  return {
    ...{ way, does, subject },
    kind: (["fail", "inconclusive"] as const).find((one) => kinds.includes(one)) ?? "pass",
    ...cells,
    ...figures,
    remarks: remarksOn(judged, skipped, record),
    skipped: skipped.flatMap(({ variants }) => variants),
    cases: all.toSorted((a, b) => rankOf(a) - rankOf(b)).map(({ run }) => run),
    failing: all.filter((one) => rankOf(one) === 0).map(({ run }) => run),
    predicate: predicateOf(judged, { ...cells, ...figures }),
  };
}

function untried(way: EverydayEnding, all: readonly AnsweredCase[], { notRun }: RunRecord): EverydayRow {
  const cases = all.map(({ run }) => run);
  const none = notRun === undefined ? "none of its cases was selected" : "the run ended before its cases";
  const remarks = [`not tried: ${whyNot(cases) ?? none}`];
  const kind = "not-applicable";
  return {
    ...{ way, does: way.does, subject: way.subject },
    kind,
    told: noCell,
    once: noCell,
    named: noCell,
    ...noFigures,
    remarks,
    cases,
    failing: [],
    skipped: [],
    predicate: { severity: "not tried", words: "was not tried" },
  };
}

const noCell: EverydayCell = { kind: "not-applicable", word: "–" };

/**
 * Returns the cell for a question. `yes` needs every case judged and passed. A failure makes it red: `mostly`, or a
 * stronger word once every case of a transport or variant fails.
 */
function cellOf(
  judged: readonly AnsweredCase[],
  answerOf: (one: AnsweredCase) => NoticeAnswer,
): EverydayCell {
  const asked = judged.filter((one) => answerOf(one) !== "not asked");
  if (asked.length === 0) return noCell;
  const bad = asked.map(answerOf).filter(isBad);
  if (bad.length === 0)
    return asked.some((one) => answerOf(one) === "unclear")
      ? { kind: "inconclusive", word: "unclear" }
      : { kind: "pass", word: "yes" };
  const groups = [transportOf, ({ run }: AnsweredCase) => variantOf(run)].flatMap((keyOf) => [
    ...groupBy(asked, keyOf).values(),
  ]);
  if (!groups.some((group) => group.every((one) => isBad(answerOf(one)))))
    return { kind: "fail", word: "mostly" };
  const word = (["late", "early"] as const).find((one) => bad.every((answer) => answer === one));
  return { kind: "fail", word: word ?? "NO" };
}

function rankOf({ told, once, named }: AnsweredCase): number {
  const answers = [told, once, named];
  if (answers.some(isBad)) return 0;
  if (answers.includes("unclear")) return 1;
  return told === "not asked" ? 3 : 2;
}
