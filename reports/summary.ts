import type { RunRecord } from "../harness/judge/record.ts";
import type { VerdictKind } from "../harness/judge/verdict.ts";
import { askedCases, groupBy, outcomeKind, verdictLine } from "./read/record-queries.ts";
import { warningLines } from "./read/baseline-warnings.ts";
import { obsoleteLines } from "./read/baseline.ts";
import { requirementsIn } from "./read/requirements-in-run.ts";
import { headlineOf } from "./groups/headline.ts";
import { everydayRows } from "./everyday/table.ts";
import { everydayTable } from "./everyday/terminal.ts";
import { advisedGroups } from "./groups/advised-groups.ts";
import { advisedDiagnoses, unexplainedWords, type AdvisedDiagnosis } from "./groups/advised-diagnoses.ts";
import { adviceLines, failureLines, openLines } from "./groups/group-lines.ts";
import { openGroups } from "./groups/open-groups.ts";
import { layOut, type Paragraph } from "./words/paragraph.ts";
import { capitalized, countOf, duration, plain } from "./words/text.ts";
import { wrapped } from "./words/wrap.ts";
import type { RenderOptions } from "./reporter.ts";

/**
 * Renders a run for a terminal: the answer in a sentence, the table of endings, probable causes, then groups of
 * failures. The last line is the verdict line, which never wraps.
 * @param diagnoses probable causes of the failures
 */
export function renderSummary(
  record: RunRecord,
  { color = false, width = 100 }: RenderOptions = {},
  diagnoses: readonly AdvisedDiagnosis[] = advisedDiagnoses(record),
): string {
  const columns = Math.max(40, width);
  const paint = color ? coloured : uncoloured;
  const rows = everydayRows(record);
  const { tool, target, durationMs } = record;
  const head = `hangup ${plain(tool.version, 40)}: ${countOf(askedCases(record), "case")} on ${plain(target.url, 240)} in ${duration(durationMs)}`;
  const circumstances = wrapped(circumstancesOf(record), columns).join("\n");
  return [
    wrapped(head, columns).join("\n"),
    wrapped(headlineOf(record, rows), columns).join("\n"),
    everydayTable(rows, columns, paint),
    ...paragraphsOf(record, diagnoses).map((lines) => layOut(lines, columns, paint)),
    `${circumstances}\n${paint(outcomeKind[record.outcome], verdictLine(record))}`,
  ].join("\n\n");
}

/** Returns the facts needed to run the same again. */
function circumstancesOf({ target, seed, lag, environment }: RunRecord): string {
  const browser = environment.browser === null ? "no browser" : plain(environment.browser, 80);
  return `${plain(target.name, 120)} at ${plain(target.url, 240)}, seed ${seed}, harness lag at most ${duration(lag.maxMs)}, ${browser}`;
}

function paragraphsOf(record: RunRecord, diagnoses: readonly AdvisedDiagnosis[]): readonly Paragraph[] {
  const requirements = requirementsIn(record);
  const waived = record.waivers.map(
    ({ requirement, reason }) => `${plain(requirement, 80)}: ${plain(reason)}`,
  );
  const groups = advisedGroups(record).filter(({ group }) => group.effect !== "known");
  const unexplained = unexplainedWords(record, diagnoses);
  return [
    ...diagnoses.map(diagnosisLines),
    ...(unexplained === undefined ? [] : [[{ indent: 0, text: unexplained }]]),
    ...failureLines(groups, requirements, record),
    ...listed("obsolete in the baseline", obsoleteLines(record)),
    ...listed("warnings of the baseline", warningLines(record)),
    ...listed("known, and accepted by the baseline", known(record)),
    ...openLines(openGroups(record), requirements),
    ...listed("waived by the profile", waived),
    ...listed(
      "notes",
      record.notes.flatMap((note) => note.split("\n").map((line) => plain(line.trim()))),
    ),
  ];
}

function diagnosisLines({ sentence, confidence, explains, apart, advice }: AdvisedDiagnosis): Paragraph {
  return [
    { indent: 0, text: `${capitalized(confidence)}: ${sentence}` },
    { indent: 2, text: `This explains ${countOf(explains.length, "failed case")}.` },
    ...(apart === undefined ? [] : [{ indent: 2, text: apart }]),
    ...(advice === undefined ? [] : adviceLines(advice)),
  ];
}

/** Renders accepted findings, grouped by reason. */
function known({ baseline }: RunRecord): string[] {
  const groups = groupBy(
    baseline?.known ?? [],
    ({ requirement, reason, accepts = "fail" }) => `${accepts} ${requirement} ${reason}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { requirement, reason, owner, expires, accepts } = first;
    return `${plain(requirement, 80)}${accepts === undefined ? "" : ` (${accepts})`} in ${countOf(group.length, "case")}, until ${plain(expires, 20)} (${plain(owner, 80)}): ${plain(reason)}`;
  });
}

function listed(title: string, items: readonly string[]): readonly Paragraph[] {
  if (items.length === 0) return [];
  return [[{ indent: 0, text: title }, ...items.map((text) => ({ indent: 2, text }))]];
}

const codes: Readonly<Record<VerdictKind, number>> = {
  pass: 32,
  fail: 31,
  inconclusive: 33,
  "not-applicable": 90,
};

function coloured(kind: VerdictKind, text: string): string {
  return `\u001B[${codes[kind]}m${text}\u001B[39m`;
}

function uncoloured(_kind: VerdictKind, text: string): string {
  return text;
}
