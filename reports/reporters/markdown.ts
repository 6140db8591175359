import type { RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { warningLines } from "../read/baseline-warnings.ts";
import { notApplicable, verdictLine, verdictSign } from "../read/record-queries.ts";
import { requirementsIn, type RequirementsInRun } from "../read/requirements-in-run.ts";
import { defaultMark, defaultNote } from "../everyday/figures.ts";
import { everydaySentence } from "../everyday/sentence.ts";
import { everydayRows, type EverydayCell, type EverydayRow } from "../everyday/table.ts";
import { findingsOf } from "../words/finding.ts";
import type { SpringAdvice } from "../advice/advice-for.ts";
import { fixesFor, type Fix } from "../advice/fixes.ts";
import { groupFailures, othersInWords, type GroupedFailure } from "../read/grouped-failures.ts";
import { caseStatusCounts, caseStatusIn, caseStatuses, type CaseStatus } from "../read/case-status.ts";
import { countOf, count, plain } from "../words/text.ts";

/** Limits for each section. A step summary may have at most a mebibyte. */
const casesShown = 20;
const findingsShown = 4;
const fixesShown = 2;

export const markdown: Reporter = { output: { file: "summary.md" }, default: "always", render };

/** Renders the run as Markdown for a pipeline's summary: the verdict, failures, and accepted failures. */
function render(record: RunRecord): string {
  const requirements = requirementsIn(record);
  const counts = caseStatusCounts(record);
  const { target, seed } = record;
  const rows = everydayRows(record);
  return [
    `## hangup: ${text(everydaySentence(rows))}`,
    ...everyday(rows),
    `**${text(plain(verdictLine(record), 400))}**`,
    `${text(plain(target.name, 120))} at ${code(plain(target.url, 240))}, seed ${seed}`,
    table(
      ["cases", ...caseStatuses],
      [[count(record.cases.length), ...caseStatuses.map((caseStatus) => count(counts[caseStatus]))]],
    ),
    ...fixesFor(record).slice(0, fixesShown).flatMap(fix),
    ...told(record, requirements, "failed", record.baseline === undefined ? "Failures" : "New failures"),
    ...obsolete(record),
    ...warnings(record),
    ...told(record, requirements, "inconclusive", "Inconclusive"),
    ...known(record),
    ...unasked(record),
    ...(record.notes.length === 0 ? [] : [list(record.notes.map((note) => text(plain(note))))]),
  ]
    .join("\n\n")
    .concat("\n");
}

function fix({ requirements, advice: { general, spring } }: Fix): string[] {
  return [
    `### Fix for ${requirements.map(code).join(", ")}`,
    ...(general === undefined ? [] : [text(general)]),
    ...(spring === undefined ? [] : springFix(spring)),
  ];
}

function springFix({ heading, words, code: java, link, sideEffects }: SpringAdvice): string[] {
  return [
    text(`${heading}: ${words}`),
    ...(java === undefined ? [] : [`\`\`\`java\n${java.text}\n\`\`\``]),
    ...(sideEffects.length === 0 ? [] : ["Side effects:", list(sideEffects.map(text))]),
    ...(link === undefined ? [] : [`Reference: [${text(link.title)}](${link.url})`]),
  ];
}

const casesNamed = 3;

/** Renders the table of everyday endings. Red rows name failed cases. */
function everyday(rows: readonly EverydayRow[]): string[] {
  const cell = ({ kind, word }: EverydayCell) => (kind === "fail" ? `**${word}**` : word);
  const lines = rows.map((row) => {
    const shown = row.failing.slice(0, casesNamed).map(({ id }) => code(plain(id, 160)));
    const remarks = [...row.remarks.map(text), ...shown].join("; ");
    return [
      `${verdictSign[row.kind]} ${row.way.does}`,
      cell(row.told),
      row.typical,
      row.slowest,
      text(row.allowed),
      cell(row.once),
      cell(row.named),
      remarks,
    ];
  });
  const head = [
    "A client …",
    "others told?",
    "typical",
    "slowest",
    "allowed",
    "once?",
    "right name?",
    "remarks",
  ];
  const isDefault = rows.some(({ allowed }) => allowed.endsWith(defaultMark));
  return [table(head, lines), ...(isDefault ? [text(defaultNote)] : [])];
}

function told(
  record: RunRecord,
  requirements: RequirementsInRun,
  wanted: CaseStatus,
  title: string,
): string[] {
  const caseStatus = caseStatusIn(record);
  const cases = record.cases.filter((run) => caseStatus(run) === wanted);
  if (cases.length === 0) return [];
  const all = groupFailures(cases);
  const shown = all.slice(0, casesShown).map((finding) => item(finding, requirements));
  const rest = all.slice(casesShown).reduce((sum, { others }) => sum + 1 + others.length, 0);
  return [`### ${title}`, list([...shown, ...(rest === 0 ? [] : [`and ${countOf(rest, "more case")}`])])];
}

function item(finding: GroupedFailure, requirements: RequirementsInRun): string {
  const { run } = finding;
  const same = othersInWords(finding);
  const findings = findingsOf(run, requirements);
  const shown = findings.slice(0, findingsShown).map((words) => `  - ${text(words)}`);
  const rest = findings.length - shown.length;
  return [
    `${code(plain(run.id, 160))} ${text(plain(run.title, 200))}`,
    ...shown,
    ...(rest > 0 ? [`  - and ${countOf(rest, "more finding")}`] : []),
    ...(same === undefined ? [] : [`  - ${text(same)}`]),
  ].join("\n");
}

function obsolete({ baseline }: RunRecord): string[] {
  if (baseline === undefined || baseline.obsolete.length === 0) return [];
  const rows = baseline.obsolete
    .slice(0, casesShown)
    .map(
      ({ requirement, cases, words }) =>
        `${code(plain(requirement, 80))} in ${code(plain(cases, 160))}: ${text(plain(words))}`,
    );
  return [
    `### Obsolete in ${text(plain(baseline.file, 160))}`,
    list([...rows, ...andMore(baseline.obsolete.length, "more line")]),
  ];
}

function warnings(record: RunRecord): string[] {
  const lines = warningLines(record);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, casesShown).map(text);
  return ["### Warnings of the baseline", list([...shown, ...andMore(lines.length, "more line")])];
}

function known({ baseline }: RunRecord): string[] {
  if (baseline === undefined || baseline.known.length === 0) return [];
  const rows = baseline.known
    .slice(0, casesShown)
    .map(({ requirement, case: id, reason, owner, expires, accepts }) => [
      `${code(plain(requirement, 80))}${accepts === undefined ? "" : ` (${accepts})`}`,
      code(plain(id, 160)),
      text(plain(reason)),
      text(plain(owner, 80)),
      plain(expires, 20),
    ]);
  const rest = baseline.known.length - rows.length;
  return [
    `### Known, and accepted by ${text(plain(baseline.file, 160))}`,
    table(["requirement", "case", "why", "owner", "until"], rows),
    ...(rest > 0 ? [`and ${count(rest)} more`] : []),
  ];
}

function unasked(record: RunRecord): string[] {
  const reasons = notApplicable(record);
  if (reasons.length === 0) return [];
  const rows = reasons.map(
    ({ reason, checks, cases }) =>
      `${countOf(checks, "check")} in ${countOf(cases.length, "case")}: ${text(plain(reason))}`,
  );
  return ["### Not applicable", list([...rows.slice(0, casesShown), ...andMore(rows.length, "more reason")])];
}

const andMore = (all: number, what: string): string[] =>
  all > casesShown ? [`and ${countOf(all - casesShown, what)}`] : [];

const list = (items: readonly string[]) => items.map((one) => `- ${one}`).join("\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Escapes a string of the record, so that it contains no markup, link, mention or reference. */
const text = (value: string) =>
  value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]#!|>~]/g, String.raw`\$&`)
    .replaceAll("@", "&#64;")
    .replaceAll("://", ":&#47;&#47;");

/** Renders an id as code. Replaces characters that would end the code, because backticks allow no escapes. */
const code = (value: string) => `\`${value.replaceAll(/[`|]/g, "'")}\``;
