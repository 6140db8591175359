import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { RenderOptions, Reporter } from "../reporter.ts";
import { warningLines } from "../read/baseline-warnings.ts";
import { notApplicable, repetition, verdictLine, verdictSign } from "../read/record-queries.ts";
import { requirementLabel, requirementsIn, type RequirementsInRun } from "../read/requirements-in-run.ts";
import { tableNotes } from "../everyday/notes.ts";
import { headlineOf } from "../groups/headline.ts";
import { everydayRows, type EverydayCell, type EverydayRow } from "../everyday/table.ts";
import { findAgainLines } from "../read/find-again.ts";
import { advisedGroups, type AdvisedGroup } from "../groups/advised-groups.ts";
import { advisedDiagnoses, type AdvisedDiagnosis } from "../groups/advised-diagnoses.ts";
import type { GroupEffect } from "../groups/finding-groups.ts";
import { extentOf, furtherWords, headingOf, moreFindings, othersOf } from "../groups/group-words.ts";
import { openGroups, type OpenGroup } from "../groups/open-groups.ts";
import type { Advice, AdvisedClass, SpringAdvice } from "../advice/advice-for.ts";
import { caseStatusCounts, caseStatuses } from "../read/case-status.ts";
import { capitalized, countOf, count, plain } from "../words/text.ts";

/** Limits for each section. A step summary may have at most a mebibyte. */
const groupsShown = 20;
const linesShown = 20;
const fixesShown = 2;

export const markdown: Reporter = { output: { file: "summary.md" }, default: "always", render };

/**
 * Renders the run as Markdown for a pipeline's summary: the answer, the table of endings, probable causes, groups of
 * failures, and accepted failures.
 */
function render(
  record: RunRecord,
  _options?: RenderOptions,
  diagnoses: readonly AdvisedDiagnosis[] = advisedDiagnoses(record),
): string {
  const requirements = requirementsIn(record);
  const counts = caseStatusCounts(record);
  const { target, seed, baseline } = record;
  const rows = everydayRows(record);
  const groups = advisedGroups(record);
  const fixed = groups.filter(({ advice }) => advice !== undefined).slice(0, fixesShown);
  const context = { requirements, record, fixes: new Set(fixed.map(({ number }) => number)) };
  const withEffect = (effect: GroupEffect) => groups.filter(({ group }) => group.effect === effect);
  return [
    `## hangup: ${text(headlineOf(record, rows))}`,
    ...everyday(rows),
    ...diagnoses.flatMap(diagnosed),
    `**${text(plain(verdictLine(record), 400))}**`,
    `${text(plain(target.name, 120))} at ${code(plain(target.url, 240))}, seed ${seed}`,
    table(
      ["cases", ...caseStatuses.map((one) => (one === "accepted" ? "failed, but does not count" : one))],
      [[count(record.cases.length), ...caseStatuses.map((caseStatus) => count(counts[caseStatus]))]],
    ),
    ...failures(baseline === undefined ? "Failures" : "New failures", withEffect("binding"), context),
    ...fixed.flatMap(fix),
    ...failures("Failures below MUST, or waived", withEffect("not binding"), context),
    ...obsolete(record),
    ...warnings(record),
    ...inconclusive(openGroups(record), requirements),
    ...known(record),
    ...unasked(record),
    ...(record.notes.length === 0 ? [] : [list(record.notes.map((note) => text(plain(note))))]),
  ]
    .join("\n\n")
    .concat("\n");
}

function fix({ number, advice }: AdvisedGroup): string[] {
  return advice === undefined ? [] : [`### Fix for ${number}`, ...adviceIn(advice)];
}

function adviceIn({ general, spring }: Advice): string[] {
  return [
    ...(general === undefined ? [] : [text(general)]),
    ...(spring === undefined ? [] : springFix(spring)),
  ];
}

function springFix({ heading, words, code: java, link, sideEffects }: SpringAdvice): string[] {
  return [
    text(`${heading}: ${words}`),
    ...(java === undefined ? [] : classIn(java)),
    ...(sideEffects.length === 0 ? [] : ["Side effects:", list(sideEffects.map(text))]),
    ...(link === undefined ? [] : [`Reference: [${text(link.title)}](${link.url})`]),
  ];
}

/** Renders a class. Where this text has it in another place, or not at all, its key lines say what to change. */
function classIn({ name, members, text: whole }: AdvisedClass): string[] {
  const shown = whole ?? members;
  return [
    ...(shown === undefined ? [] : [`\`\`\`java\n${shown}\n\`\`\``]),
    ...(whole === undefined ? [`The whole class, ${name}, is in the HTML report.`] : []),
  ];
}

function diagnosed({ sentence, confidence, explains, apart, advice }: AdvisedDiagnosis): string[] {
  return [
    `**${capitalized(confidence)}**: ${text(sentence)} This explains ${countOf(explains.length, "failed case")}.${apart === undefined ? "" : ` ${text(apart)}`}`,
    ...(advice === undefined ? [] : adviceIn(advice)),
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
      `${verdictSign[row.kind]} ${row.does}`,
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
  return [table(head, lines), ...tableNotes(rows).map((note) => text(note))];
}

interface FailureContext {
  readonly requirements: RequirementsInRun;
  readonly record: RunRecord;
  /** Numbers of the groups whose advice is shown. */
  readonly fixes: ReadonlySet<number>;
}

/** Renders groups of failures as a list. */
function failures(title: string, groups: readonly AdvisedGroup[], context: FailureContext): string[] {
  if (groups.length === 0) return [];
  const own = groups.filter(({ isFurther }) => !isFurther);
  const further = groups.filter(({ isFurther }) => isFurther);
  const items = own.slice(0, groupsShown).map((one) => failure(one, context));
  const rest = own.slice(groupsShown).map(({ group }) => group);
  return [
    `### ${title}`,
    list([
      ...items,
      ...restOf(rest),
      ...(further.length > 0 ? [`and ${furtherWords(further)}, in the HTML report`] : []),
    ]),
  ];
}

function failure(of: AdvisedGroup, { requirements, record, fixes }: FailureContext): string {
  const { group, number } = of;
  const [{ run, check }] = group.findings;
  const repeated = repetition(check);
  const sentence = requirements.get(group.requirement)?.text;
  const label = requirementLabel(group.requirement, requirements);
  return [
    `**${number}. ${text(headingOf(group))}**: ${text(extentOf(group))}`,
    `  - ${text(sentence === undefined ? label : `${label}: ${plain(sentence, 600)}`)}`,
    `  - expected: ${text(plain(check.expected))}; seen: ${text(plain(check.actual))}${repeated === null ? "" : `; ${text(repeated)}`}`,
    example(group.cases, run),
    ...findAgainLines(run, record).map(
      (line) => `  - ${line.label}: ${line.label === "again" ? code(line.text) : text(line.text)}`,
    ),
    ...whereFixIs(of, fixes),
  ].join("\n");
}

/** Says where the advice of a group is. This text has only the first few. */
function whereFixIs({ number, advice, adviceAt }: AdvisedGroup, fixes: ReadonlySet<number>): string[] {
  const at = adviceAt ?? (advice === undefined ? undefined : number);
  if (at === undefined) return [];
  if (!fixes.has(at)) return [`  - fix: see finding ${at} of the HTML report`];
  return [at === number ? "  - fix: below" : `  - fix: the same as for ${at}`];
}

function example(cases: readonly CaseRecord[], run: CaseRecord): string {
  const others = othersOf(cases, run);
  return `  - example ${code(plain(run.id, 160))}${others === undefined ? "" : `; also in ${text(others)}`}`;
}

function inconclusive(groups: readonly OpenGroup[], requirements: RequirementsInRun): string[] {
  if (groups.length === 0) return [];
  const items = groups
    .slice(0, groupsShown)
    .map(({ reason, requirements: ids, cases }) =>
      [
        `${countOf(cases.length, "case")} not judged: ${text(plain(reason))}`,
        `  - ${ids.map((id) => text(requirementLabel(id, requirements))).join(", ")}`,
        example(cases, cases[0]),
      ].join("\n"),
    );
  return ["### Inconclusive", list([...items, ...restOf(groups.slice(groupsShown))])];
}

function restOf(groups: readonly { readonly cases: readonly CaseRecord[] }[]): string[] {
  if (groups.length === 0) return [];
  return [`and ${moreFindings(groups)}`];
}

function obsolete({ baseline }: RunRecord): string[] {
  if (baseline === undefined || baseline.obsolete.length === 0) return [];
  const rows = baseline.obsolete
    .slice(0, linesShown)
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
  const shown = lines.slice(0, linesShown).map(text);
  return ["### Warnings of the baseline", list([...shown, ...andMore(lines.length, "more line")])];
}

function known({ baseline }: RunRecord): string[] {
  if (baseline === undefined || baseline.known.length === 0) return [];
  const rows = baseline.known
    .slice(0, linesShown)
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
  return ["### Not applicable", list([...rows.slice(0, linesShown), ...andMore(rows.length, "more reason")])];
}

const andMore = (all: number, what: string): string[] =>
  all > linesShown ? [`and ${countOf(all - linesShown, what)}`] : [];

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
