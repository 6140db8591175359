import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { warningLines } from "../read/baseline-warnings.ts";
import { repetition, verdictLine } from "../read/record-queries.ts";
import { requirementLabel, requirementsIn, type RequirementsInRun } from "../read/requirements-in-run.ts";
import { findingGroups, type FindingGroup } from "../groups/finding-groups.ts";
import { extentOf, headingOf, othersOf } from "../groups/group-words.ts";
import { openGroups, type OpenGroup } from "../groups/open-groups.ts";
import { failureLine } from "../words/finding.ts";
import { runFailures } from "../read/case-status.ts";
import { countOf, plain } from "../words/text.ts";
import { markdown } from "./markdown.ts";

/** Limit of GitHub for errors and warnings per step. It silently drops the rest. */
const annotationsMax = 10;

export const github: Reporter = {
  output: "after-terminal",
  default: "on GitHub",
  render,
  renderStepSummary: markdown.render,
};

/**
 * Renders problems as workflow commands, which GitHub Actions shows beside the change. Failures and obsolete baseline
 * entries are errors, inconclusive cases are warnings. The last one counts the rest.
 */
function render(record: RunRecord): string {
  const requirements = requirementsIn(record);
  const failed = findingGroups(record).filter(({ effect }) => effect === "binding");
  const open = openGroups(record);
  const obsolete = (record.baseline?.obsolete ?? []).map(({ requirement, cases, words }) => ({
    title: `${plain(record.baseline?.file ?? "", 120)}: ${plain(requirement, 80)} in ${plain(cases, 120)}`,
    message: plain(words),
  }));
  const remarks = warningLines(record).map((message) => ({
    title: plain(record.baseline?.file ?? "", 120),
    message,
  }));
  // Obsolete entries already have their own errors.
  const whole = obsolete.length > 0 ? [] : runFailures(record);
  const asWhole = whole.map(({ name, words }) => ({ title: name, message: words.join("\n") }));
  return [
    ...annotations("error", [...failed.map((group) => failure(group, requirements)), ...obsolete], record),
    ...annotations(
      "warning",
      [...open.map((group) => undecided(group, requirements)), ...asWhole, ...remarks],
      record,
    ),
  ].join("");
}

interface Annotation {
  readonly title: string;
  readonly message: string;
}

function failure(group: FindingGroup, requirements: RequirementsInRun): Annotation {
  const [{ run, check }] = group.findings;
  const repeated = repetition(check);
  return {
    title: `${headingOf(group)}: ${extentOf(group)}`,
    message: [
      `${failureLine(check, requirements)}${repeated === null ? "" : `; ${repeated}`}`,
      ...casesIn(group.cases, run),
    ].join("\n"),
  };
}

function undecided(
  { reason, requirements: ids, cases }: OpenGroup,
  requirements: RequirementsInRun,
): Annotation {
  return {
    title: `${countOf(cases.length, "case")} not judged`,
    message: [
      plain(reason),
      ids.map((id) => requirementLabel(id, requirements)).join(", "),
      ...casesIn(cases, cases[0]),
    ].join("\n"),
  };
}

function casesIn(cases: readonly CaseRecord[], example: CaseRecord): string[] {
  const others = othersOf(cases, example);
  return [`example ${plain(example.id, 160)}${others === undefined ? "" : `; also in ${others}`}`];
}

function annotations(level: "error" | "warning", all: readonly Annotation[], record: RunRecord): string[] {
  const shown = all.length <= annotationsMax ? all : all.slice(0, annotationsMax - 1);
  const rest = all.length - shown.length;
  const more = { title: `and ${countOf(rest, "more finding")}`, message: plain(verdictLine(record), 400) };
  return [...shown, ...(rest === 0 ? [] : [more])].map(
    ({ title, message }) => `::${level} title=${inProperty(title)}::${inMessage(message)}\n`,
  );
}

const inMessage = (text: string) =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const inProperty = (text: string) => inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
