import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { describe } from "./describe.ts";
import { checksOf, evidenceOf, repetition, type Checked } from "../read/record-queries.ts";
import { findAgainLines } from "../read/find-again.ts";
import { requirementLabel, type RequirementsInRun } from "../read/requirements-in-run.ts";
import { failureLine, findingsOf, openLine } from "./finding.ts";
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

/** Returns the JUnit result of a case; null if it passed. */
export function resultOf(
  run: CaseRecord,
  caseStatus: CaseStatus,
  requirements: RequirementsInRun,
  record: RunRecord,
): JUnitResult | null {
  switch (caseStatus) {
    case "passed":
      return null;
    case "failed":
      return result(
        "failure",
        "fail",
        checksOf(run, "fail").map((check) => failure(check, requirements)),
        run,
        record,
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

function failure(check: Checked<"fail">, requirements: RequirementsInRun): JUnitFinding {
  const repeated = repetition(check);
  return {
    message: failureLine(check, requirements),
    lines: [
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
): JUnitResult {
  const [first, ...others] = findings;
  const more = others.length === 0 ? "" : ` (and ${countOf(others.length, "further check")})`;
  const lines = [
    plain(run.title),
    ...findings.flatMap(({ lines }) => lines),
    ...(run.steps ?? []).slice(0, stepsShown).map((step) => `  ${plain(step, 160)}`),
    ...findAgainLines(run, record).map(({ label, text }) => `${label}: ${text}`),
    ...timelineOf(run),
  ];
  return { element, attributes: { type, message: `${first?.message ?? ""}${more}` }, body: lines.join("\n") };
}

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
