import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { findAgainLines } from "../read/find-again.ts";
import { repetition, verdictSign } from "../read/record-queries.ts";
import { requirementLabel, type RequirementsInRun } from "../read/requirements-in-run.ts";
import type { Advice, SpringAdvice } from "../advice/advice-for.ts";
import type { Paragraph, SummaryLine } from "../words/paragraph.ts";
import { count, countOf, duration, plain } from "../words/text.ts";
import type { AdvisedGroup } from "./advised-groups.ts";
import { extentOf, furtherWords, headingOf, moreFindings, othersOf } from "./group-words.ts";
import type { OpenGroup } from "./open-groups.ts";

/** Number of groups that the terminal shows in full, and number of those with a heading and an example. */
const toldInFull = 3;
const toldInLine = 7;

/** Limit above the length of every counterexample. */
const stepsShown = 100;

/** Renders groups of failures for a terminal: some in full, some by heading and example, and the number of the rest. */
export function failureLines(
  groups: readonly AdvisedGroup[],
  requirements: RequirementsInRun,
  record: RunRecord,
): readonly Paragraph[] {
  const own = groups.filter(({ isFurther }) => !isFurther);
  const full = own.slice(0, toldInFull).map((one, place) => {
    const isSaid = groups.slice(0, place).some(({ group }) => group.requirement === one.group.requirement);
    return inFull(one, requirements, record, isSaid);
  });
  const lines = own
    .slice(toldInFull, toldInFull + toldInLine)
    .flatMap((one) => [
      headOf(one),
      { indent: 5, label: "example ", text: plain(one.group.findings[0].run.id, 160) },
    ]);
  const rest = own.slice(toldInFull + toldInLine);
  if (rest.length > 0) lines.push(restOf(rest));
  const further = groups.filter(({ isFurther }) => isFurther);
  if (further.length > 0) lines.push({ indent: 0, text: `and ${furtherWords(further)}: see the report` });
  if (overlap(groups))
    lines.push({ indent: 0, text: "A case that fails in several ways stands in several findings." });
  return [...full, ...(lines.length === 0 ? [] : [lines])];
}

/** Returns true if some case stands in several groups, so that their counts add up to more than the failed cases. */
function overlap(groups: readonly AdvisedGroup[]): boolean {
  const cases = groups.flatMap(({ group }) => group.cases);
  return new Set(cases).size < cases.length;
}

const restOf = (rest: readonly AdvisedGroup[]): SummaryLine => ({
  indent: 0,
  text: `and ${moreFindings(rest.map(({ group }) => group))}: see the report`,
});

const headOf = ({ group, number }: AdvisedGroup): SummaryLine => ({
  indent: 0,
  label: `${verdictSign.fail} ${count(number)}  `,
  kind: "fail",
  text: `${headingOf(group)}: ${extentOf(group)}`,
});

function inFull(
  one: AdvisedGroup,
  requirements: RequirementsInRun,
  record: RunRecord,
  isSaid: boolean,
): Paragraph {
  const { group, advice, adviceAt } = one;
  const [{ run, check }] = group.findings;
  const repeated = repetition(check);
  const sentence = isSaid ? undefined : requirements.get(group.requirement)?.text;
  const label = requirementLabel(group.requirement, requirements);
  return [
    headOf(one),
    { indent: 2, text: sentence === undefined ? label : `${label}: ${plain(sentence, 600)}` },
    { indent: 4, label: "expected  ", text: plain(check.expected) },
    { indent: 4, label: "seen      ", kind: "fail", text: plain(check.actual) },
    ...(repeated === null ? [] : [{ indent: 4, text: repeated }]),
    { indent: 2, label: "example ", text: plain(run.id, 160) },
    ...counterexample(run),
    ...again(run, record),
    ...others(group.cases, run),
    ...(advice === undefined ? [] : adviceLines(advice)),
    ...(adviceAt === undefined ? [] : [{ indent: 2, text: `fix: the same as for ${count(adviceAt)}` }]),
  ];
}

function others(cases: readonly CaseRecord[], example: CaseRecord): SummaryLine[] {
  const text = othersOf(cases, example);
  return text === undefined ? [] : [{ indent: 2, label: "also in ", text }];
}

/** Renders advice. Classes, which are long, are in the report, with their side effects. */
export function adviceLines({ general, spring }: Advice): SummaryLine[] {
  const own = spring === undefined ? [] : springLines(spring);
  const [first, ...others] = [...(general === undefined ? [] : [{ indent: 2, text: general }]), ...own];
  return first === undefined ? [] : [{ ...first, text: `Fix. ${first.text}` }, ...others];
}

function springLines({ heading, words, code, link, sideEffects }: SpringAdvice): SummaryLine[] {
  return [
    { indent: 2, text: `${heading}: ${words}` },
    ...(code?.members?.split("\n") ?? []).map((line) => ({ indent: 4, text: line, isCode: true })),
    ...(code === undefined
      ? []
      : [{ indent: 2, text: `The whole class, ${code.name}, and its side effects are in the report.` }]),
    ...(code !== undefined || sideEffects.length === 0 ? [] : [{ indent: 2, text: "Side effects:" }]),
    ...(code === undefined ? sideEffects.map((text) => ({ indent: 2, label: "- ", text })) : []),
    ...(link === undefined ? [] : [{ indent: 2, text: `${link.title}: ${link.url}`, isCode: true }]),
  ];
}

/** Renders the steps of a counterexample. */
const counterexample = ({ steps = [] }: CaseRecord): readonly SummaryLine[] =>
  steps.slice(0, stepsShown).map((step) => ({ indent: 4, text: plain(step, 160) }));

/** Renders the facts by which a case is found in the server's log, and the command that runs it again. */
const again = (run: CaseRecord, record: RunRecord): readonly SummaryLine[] =>
  findAgainLines(run, record)
    .filter(({ label }) => label !== "source")
    .map(({ label, text }) => ({ indent: 4, label: label.padEnd(10), text, isCode: label === "again" }));

/** Renders groups of inconclusive cases for a terminal. */
export function openLines(
  groups: readonly OpenGroup[],
  requirements: RequirementsInRun,
): readonly Paragraph[] {
  const full = groups.slice(0, toldInFull).map(({ reason, requirements: ids, cases }): Paragraph => {
    const [first] = cases;
    const lag = Math.max(...cases.map(({ lagMaxMs }) => lagMaxMs));
    return [
      {
        indent: 0,
        label: `${verdictSign.inconclusive} `,
        kind: "inconclusive",
        text: `${countOf(cases.length, "case")} not judged: ${plain(reason)}`,
      },
      { indent: 2, text: ids.map((id) => requirementLabel(id, requirements)).join(", ") },
      { indent: 2, label: "example ", text: plain(first.id, 160) },
      ...others(cases, first),
      { indent: 2, text: `harness lag at most ${duration(lag)}` },
    ];
  });
  const rest = groups.slice(toldInFull);
  if (rest.length === 0) return full;
  return [...full, [{ indent: 0, text: `and ${moreFindings(rest)}: see the report` }]];
}
