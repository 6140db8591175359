import type { RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { warningLines } from "../read/baseline-warnings.ts";
import { verdictLine } from "../read/record-queries.ts";
import { requirementsIn } from "../read/requirements-in-run.ts";
import { findingsOf } from "../words/finding.ts";
import { groupFailures, othersInWords } from "../read/grouped-failures.ts";
import { runFailures, caseStatusIn } from "../read/case-status.ts";
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
  const caseStatus = caseStatusIn(record);
  const told = (wanted: string) =>
    groupFailures(record.cases.filter((run) => caseStatus(run) === wanted)).map((finding) => ({
      title: plain(finding.run.id, 160),
      message: [...findingsOf(finding.run, requirements), othersInWords(finding) ?? []].flat().join("\n"),
      cases: 1 + finding.others.length,
    }));
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
    ...annotations("error", [...told("failed"), ...obsolete], record),
    ...annotations("warning", [...told("inconclusive"), ...asWhole, ...remarks], record),
  ].join("");
}

interface Annotation {
  /** Number of cases that it represents; 1 if undefined. */
  readonly cases?: number;
  readonly title: string;
  readonly message: string;
}

function annotations(level: "error" | "warning", all: readonly Annotation[], record: RunRecord): string[] {
  const shown = all.length <= annotationsMax ? all : all.slice(0, annotationsMax - 1);
  const rest = all.slice(shown.length).reduce((sum, { cases = 1 }) => sum + cases, 0);
  const more = { title: `and ${countOf(rest, "more case")}`, message: plain(verdictLine(record), 400) };
  return [...shown, ...(rest === 0 ? [] : [more])].map(
    ({ title, message }) => `::${level} title=${inProperty(title)}::${inMessage(message)}\n`,
  );
}

const inMessage = (text: string) =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const inProperty = (text: string) => inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
