import type { CaseRecord, CheckRecord, RunRecord } from "../harness/judge/record.ts";
import type { VerdictKind } from "../harness/judge/verdict.ts";
import {
  casesOf,
  checksOf,
  groupBy,
  outcomeKind,
  repetition,
  verdictLine,
  verdictSign,
  verdictWord,
} from "./read/record-queries.ts";
import { warningLines } from "./read/baseline-warnings.ts";
import { obsoleteLines } from "./read/baseline.ts";
import { requirementsIn, requirementLabel } from "./read/requirements-in-run.ts";
import { everydaySentence } from "./everyday/sentence.ts";
import { everydayRows } from "./everyday/table.ts";
import { everydayTable } from "./everyday/terminal.ts";
import type { SpringAdvice } from "./advice/advice-for.ts";
import { fixesFor, type Fix } from "./advice/fixes.ts";
import { groupFailures, othersInWords, type GroupedFailure } from "./read/grouped-failures.ts";
import { acceptedIn } from "./read/case-status.ts";
import { countOf, duration, plain } from "./words/text.ts";
import { wrapped } from "./words/wrap.ts";
import type { RenderOptions } from "./reporter.ts";

/** Number of findings that the terminal shows per verdict. */
const casesShown = 3;

/** Number of fixes that the terminal shows. */
const fixesShown = 2;

/** Limit above the length of every plan. */
const stepsShown = 100;

/** Line that may wrap. Its continuation is indented below the text, not below the label. */
interface SummaryLine {
  readonly indent: number;
  readonly label?: string;
  readonly kind?: VerdictKind;
  readonly text: string;
}

type Paragraph = readonly SummaryLine[];

/**
 * Renders a run for a terminal: the answer in a sentence, the table of endings, then failures. The last line is the
 * verdict line, which never wraps.
 */
export function renderSummary(record: RunRecord, { color, width = 100 }: RenderOptions): string {
  const columns = Math.max(40, width);
  const paint = color ? coloured : uncoloured;
  const layOut = ({ indent, label = "", kind, text }: SummaryLine): string => {
    const [first = "", ...rest] = wrapped(text, columns - indent - label.length);
    const head = " ".repeat(indent) + (kind === undefined ? label : paint(kind, label)) + first;
    return [head, ...rest.map((line) => " ".repeat(indent + label.length) + line)].join("\n");
  };
  const paragraphs = paragraphsOf(record).map((lines) => lines.map(layOut).join("\n"));
  const circumstances = wrapped(circumstancesOf(record), columns).join("\n");
  const fixes = fixesFor(record)
    .slice(0, fixesShown)
    .map((fix) => fixIn(fix, columns));
  const rows = everydayRows(record);
  const { tool, target, cases, durationMs } = record;
  const head = `hangup ${plain(tool.version, 40)}: ${countOf(cases.length, "case")} on ${plain(target.url, 240)} in ${duration(durationMs)}`;
  const answer = wrapped(everydaySentence(rows), columns).join("\n");
  return [
    wrapped(head, columns).join("\n"),
    answer,
    everydayTable(rows, columns, paint),
    ...paragraphs,
    ...fixes,
    `${circumstances}\n${paint(outcomeKind[record.outcome], verdictLine(record))}`,
  ].join("\n\n");
}

/** Renders a fix. Code lines never wrap, so that they can be copied. */
function fixIn({ requirements, advice: { general, spring } }: Fix, columns: number): string {
  return [
    ...wrapped(`fix for ${requirements.join(", ")}`, columns),
    ...(general === undefined ? [] : indented(general, columns)),
    ...(spring === undefined ? [] : springLines(spring, columns)),
  ].join("\n");
}

function springLines({ heading, words, code, link, sideEffects }: SpringAdvice, columns: number): string[] {
  return [
    ...indented(`${heading}: ${words}`, columns),
    ...(code === undefined ? [] : ["", ...code.text.split("\n").map((line) => `    ${line}`.trimEnd()), ""]),
    ...(sideEffects.length === 0 ? [] : indented("Side effects:", columns)),
    ...sideEffects.flatMap((effect) =>
      wrapped(effect, columns - 4).map((line, place) => (place === 0 ? `  - ${line}` : `    ${line}`)),
    ),
    ...(link === undefined ? [] : [`  ${link.title}: ${link.url}`]),
  ];
}

const indented = (text: string, columns: number): string[] =>
  wrapped(text, columns - 2).map((line) => `  ${line}`);

/** Returns the facts needed to run the same again. */
function circumstancesOf({ target, seed, lag, environment }: RunRecord): string {
  const browser = environment.browser === null ? "no browser" : plain(environment.browser, 80);
  return `${plain(target.name, 120)} at ${plain(target.url, 240)}, seed ${seed}, harness lag at most ${duration(lag.maxMs)}, ${browser}`;
}

function paragraphsOf(record: RunRecord): readonly Paragraph[] {
  const requirements = requirementsIn(record);
  const said = new Set<string>();
  const asked = ({ requirement: id }: CheckRecord): SummaryLine => {
    const sentence = said.has(id) ? undefined : requirements.get(id)?.text;
    const name = requirementLabel(id, requirements);
    said.add(id);
    return { indent: 2, text: sentence === undefined ? name : `${name}: ${plain(sentence, 600)}` };
  };
  const waived = record.waivers.map(
    ({ requirement, reason }) => `${plain(requirement, 80)}: ${plain(reason)}`,
  );
  const acceptedOf = acceptedIn(record);
  const unaccepted = <Kind extends VerdictKind>(run: CaseRecord, kind: Kind) => {
    const accepted = acceptedOf(run);
    return checksOf(run, kind).filter((check) => !accepted.has(check));
  };
  const unknown = (run: CaseRecord) => unaccepted(run, "fail");
  const failing = casesOf(record, "fail").filter((run) => unknown(run).length > 0);
  const open = casesOf(record, "inconclusive").filter((run) => unaccepted(run, "inconclusive").length > 0);
  return [
    ...told("fail", groupFailures(failing, unknown), (run) => [
      ...unknown(run).flatMap((check) => [asked(check), ...failure(check)]),
      ...counterexample(run),
    ]),
    ...listed("obsolete in the baseline", obsoleteLines(record)),
    ...listed("warnings of the baseline", warningLines(record)),
    ...listed("known, and accepted by the baseline", known(record)),
    ...told("inconclusive", groupFailures(open), (run) =>
      unaccepted(run, "inconclusive").flatMap((check) => [
        asked(check),
        { indent: 4, label: "not judged  ", text: plain(check.reason) },
      ]),
    ),
    ...listed("waived by the profile", waived),
    ...listed(
      "notes",
      record.notes.flatMap((note) => note.split("\n").map((line) => plain(line.trim()))),
    ),
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

/** Renders each group of failures by its first case and the number of others. */
function told(
  kind: VerdictKind,
  findings: readonly GroupedFailure[],
  body: (run: CaseRecord) => readonly SummaryLine[],
): readonly Paragraph[] {
  const shown = findings.slice(0, casesShown).map((finding): Paragraph => {
    const { run } = finding;
    const text = `${plain(run.id, 160)}: ${plain(run.title, 200)}`;
    const lag =
      kind === "inconclusive" ? [{ indent: 2, text: `harness lag at most ${duration(run.lagMaxMs)}` }] : [];
    const same = othersInWords(finding);
    const others = same === undefined ? [] : [{ indent: 2, text: same }];
    return [{ indent: 0, label: `${verdictSign[kind]} `, kind, text }, ...body(run), ...lag, ...others];
  });
  const rest = findings.slice(casesShown).reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (rest === 0) return shown;
  return [...shown, [{ indent: 0, text: `and ${countOf(rest, "more case")} ${verdictWord[kind]}` }]];
}

function failure(check: Extract<CheckRecord, { readonly kind: "fail" }>): readonly SummaryLine[] {
  const repeated = repetition(check);
  return [
    { indent: 4, label: "expected  ", text: plain(check.expected) },
    { indent: 4, label: "seen      ", kind: "fail", text: plain(check.actual) },
    ...(repeated === null ? [] : [{ indent: 4, text: repeated }]),
  ];
}

/** Renders the steps of a counterexample, and the command to replay it. */
function counterexample({ steps = [], replay }: CaseRecord): readonly SummaryLine[] {
  const file = replay === undefined ? [] : [plain(replay, 160)];
  return [
    ...steps.slice(0, stepsShown).map((step) => ({ indent: 4, text: plain(step, 160) })),
    ...file.map((path) => ({
      indent: 4,
      label: "again     ",
      text: `hangup replay ${path}, in the report's folder`,
    })),
  ];
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
