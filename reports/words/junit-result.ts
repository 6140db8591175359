import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { describe } from "./describe.ts";
import { checksOf, evidenceOf, repetition, type Checked } from "../read/record-queries.ts";
import { findAgainLines } from "../read/find-again.ts";
import { requirementLabel, type RequirementsInRun } from "../read/requirements-in-run.ts";
import type { FindingGroup } from "../groups/finding-groups.ts";
import { extentOf, headingOf } from "../groups/group-words.ts";
import { findingsOf, openLine } from "./finding.ts";
import type { CaseStatus } from "../read/case-status.ts";
import { countOf, plain } from "./text.ts";
import { causalOrder } from "../read/causal-order.ts";
import { excerpt, markOf } from "../read/timeline.ts";

/** Number of events shown. The stored history has all. */
const eventsShown = 40;

/** Limit above the length of every counterexample. */
const stepsShown = 100;

/** Result of a test in JUnit's terms. A test has at most one element, because readers keep only one. */
export interface JUnitResult {
  readonly element: "failure" | "error" | "skipped";
  readonly attributes: { readonly type?: string; readonly message?: string };
  readonly body: string;
}

/** Data of the run that the result of a case needs. */
export interface ResultContext {
  readonly record: RunRecord;
  readonly requirements: RequirementsInRun;
  /** Returns the group of a failed check. */
  readonly groupOf: (check: Checked<"fail">) => FindingGroup | undefined;
}

/** Returns the JUnit result of a case; null if it passed. Only the example of a group has a timeline. */
export function resultOf(
  run: CaseRecord,
  caseStatus: CaseStatus,
  { requirements, groupOf, record }: ResultContext,
): JUnitResult | null {
  switch (caseStatus) {
    case "passed":
      return null;
    case "failed":
      return result(
        "failure",
        "fail",
        checksOf(run, "fail").map((check) => failure(check, requirements, groupOf(check))),
        run,
        record,
        exampleBeside(run, groupOf),
      );
    case "inconclusive":
      return result(
        "error",
        "inconclusive",
        checksOf(run, "inconclusive").map((check) => undecided(check, requirements)),
        run,
        record,
      );
    case "accepted":
      return skipped(["accepted:", ...findingsOf(run, requirements)]);
    case "not applicable":
      return skipped(findingsOf(run, requirements));
  }
}

/** Builds a `skipped` element, which the common schema allows no attributes. */
const skipped = (lines: readonly string[]): JUnitResult => ({
  element: "skipped",
  attributes: {},
  body: lines.join("\n"),
});

/** Message for the overview, and the lines below it. */
interface JUnitFinding {
  readonly message: string;
  readonly lines: readonly string[];
}

/** Returns the example of the groups of a case; undefined if the case itself is one. */
function exampleBeside(run: CaseRecord, groupOf: ResultContext["groupOf"]): CaseRecord | undefined {
  const examples = checksOf(run, "fail").flatMap((check) => groupOf(check)?.findings[0].run ?? run);
  return examples.includes(run) ? undefined : examples[0];
}

function failure(
  check: Checked<"fail">,
  requirements: RequirementsInRun,
  group: FindingGroup | undefined,
): JUnitFinding {
  const repeated = repetition(check);
  const seen = group === undefined ? plain(check.actual) : `${headingOf(group)}: ${extentOf(group)}`;
  return {
    message: `${requirementLabel(check.requirement, requirements)}: ${seen}`,
    lines: [
      seen,
      `${requirementLabel(check.requirement, requirements)}, judged by ${plain(check.check, 120)}`,
      `  expected  ${plain(check.expected)}`,
      `  seen      ${plain(check.actual)}`,
      ...(repeated === null ? [] : [`  ${repeated}`]),
    ],
  };
}

function undecided(check: Checked<"inconclusive">, requirements: RequirementsInRun): JUnitFinding {
  const message = openLine(check, requirements);
  return { message, lines: [message] };
}

function result(
  element: JUnitResult["element"],
  type: string,
  findings: readonly JUnitFinding[],
  run: CaseRecord,
  record: RunRecord,
  example?: CaseRecord,
): JUnitResult {
  const [first, ...others] = findings;
  const more = others.length === 0 ? "" : ` (and ${countOf(others.length, "further check")})`;
  const lines = [
    plain(run.title),
    ...findings.flatMap(({ lines }) => lines),
    ...(run.steps ?? []).slice(0, stepsShown).map((step) => `  ${plain(step, 160)}`),
    ...findAgainLines(run, record).map(({ label, text }) => `${label}: ${text}`),
    ...(example === undefined ? timelineOf(run) : historyOf(run, example)),
  ];
  return { element, attributes: { type, message: `${first?.message ?? ""}${more}` }, body: lines.join("\n") };
}

const historyOf = ({ history }: CaseRecord, example: CaseRecord): string[] => [
  `a timeline is in ${plain(example.id, 160)}`,
  ...(history === undefined ? [] : [`history: ${plain(history)}`]),
];

function timelineOf(run: CaseRecord): readonly string[] {
  if (run.timeline === undefined) return run.history === undefined ? [] : [`history: ${plain(run.history)}`];
  const evidence = evidenceOf(run);
  const stretches = excerpt(causalOrder(run.timeline), evidence, eventsShown);
  const actors = stretches.map((stretch) => ("event" in stretch ? plain(stretch.event.actor, 20).length : 0));
  const actorWidth = Math.max(0, ...actors);
  const rows = stretches.map((stretch) => {
    if ("omitted" in stretch) return `    ... ${countOf(stretch.omitted, "event")} not shown`;
    const { event } = stretch;
    const mark = markOf(event, evidence) === "evidence" ? ">" : " ";
    return `  ${mark} ${event.atMs.toFixed(1).padStart(9)} ms  ${plain(event.actor, 20).padEnd(actorWidth)}  ${describe(event)}`;
  });
  return ["timeline, evidence marked with >:", ...rows];
}
