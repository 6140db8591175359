import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "../read/record-queries.ts";
import { answersOf, isBad, transportOf, type NoticeAnswer, type AnsweredCase } from "./answers.ts";
import { figuresOf, noFigures, type Figures } from "./figures.ts";
import { remarksOn, skippedIn, variantOf, whyNot } from "./remarks.ts";
import { predicateOf } from "./sentence.ts";
import { everydayEndings, type EverydayEnding } from "./endings.ts";

/** The answer to one question about one way of leaving. */
export interface EverydayCell {
  readonly kind: VerdictKind;
  readonly word: string;
}

/** One way of leaving, with the answers that its cases give. */
export interface EverydayRow extends Figures {
  readonly way: EverydayEnding;
  /** The worst of the answers; `not-applicable` where no case was judged, so that such a row is never green. */
  readonly kind: VerdictKind;
  readonly told: EverydayCell;
  readonly once: EverydayCell;
  readonly named: EverydayCell;
  /** Numbers, transports and reasons; of a grey row the one reason why. */
  readonly remarks: readonly string[];
  /** Every case of the row, the worst first. */
  readonly cases: readonly CaseRecord[];
  /** Those that make it red. */
  readonly failing: readonly CaseRecord[];
  /** Variants that could not be tried, such as a drop with real packet loss. */
  readonly skipped: readonly string[];
  /** Completes a sentence that begins with the way's `subject`. */
  readonly predicate: string;
}

/** Returns the table of everyday endings: a row for each of `ways`. */
export function everydayRows(record: RunRecord): readonly EverydayRow[] {
  return everydayEndings.map((way) => {
    const all = record.cases
      .filter(({ scenario, axes }) => way.scenarios.includes(scenario) && isKnown(axes))
      .map((run) => answersOf(run, record));
    const judged = all.filter(({ told }) => told !== "not asked");
    return judged.length === 0 ? untried(way, all) : rowOf(way, { all, judged, record });
  });
}

/** In other phases of a session nobody knows yet, or any more, who the client is. */
const isKnown = ({ phase }: CaseRecord["axes"]): boolean =>
  phase === undefined || phase === "identified" || phase === "hearing";

interface EverydayFindings {
  readonly all: readonly AnsweredCase[];
  readonly judged: readonly AnsweredCase[];
  readonly record: RunRecord;
}

function rowOf(way: EverydayEnding, { all, judged, record }: EverydayFindings): EverydayRow {
  const cells = {
    told: cellOf(judged, ({ told }) => told),
    once: cellOf(judged, ({ once }) => once),
    named: cellOf(judged, ({ named }) => named),
  };
  const kinds = Object.values(cells).map(({ kind }) => kind);
  const figures = figuresOf(judged);
  const skipped = skippedIn(all);
  return {
    way,
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

function untried(way: EverydayEnding, all: readonly AnsweredCase[]): EverydayRow {
  const cases = all.map(({ run }) => run);
  const remarks = [`not tried: ${whyNot(cases) ?? "none of its cases was selected"}`];
  const kind = "not-applicable";
  return {
    way,
    kind,
    told: noCell,
    once: noCell,
    named: noCell,
    ...noFigures,
    remarks,
    cases,
    failing: [],
    skipped: [],
    predicate: "was not tried",
  };
}

const noCell: EverydayCell = { kind: "not-applicable", word: "–" };

/**
 * Answers `yes` only where every case was judged and passed. Any failing case makes the cell red: `mostly`, until every case
 * of one transport or of one variant fails.
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
