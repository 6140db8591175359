import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { checksOf } from "../read/record-queries.ts";
import { requirementsIn } from "../read/requirements-in-run.ts";
import { findingsOf } from "../words/finding.ts";
import { runFailures, caseStatusIn, type CaseStatus } from "../read/case-status.ts";
import { plain } from "../words/text.ts";

export const tap: Reporter = { output: "stdout", default: "never", render };

/**
 * Renders the record as TAP 14: a line per case, with reasons below failed ones. Accepted cases are TODO, not
 * applicable ones SKIP.
 */
function render(record: RunRecord): string {
  const requirements = requirementsIn(record);
  const caseStatus = caseStatusIn(record);
  const lines = record.cases.flatMap((run, place) => {
    const is = caseStatus(run);
    const head = `${isOk(is) ? "ok" : "not ok"} ${place + 1} - ${described(plain(run.id, 200))}${directive(run, is)}`;
    if (is !== "failed" && is !== "inconclusive") return [head];
    return [head, ...detailed(findingsOf(run, requirements))];
  });
  const whole = runFailures(record);
  const all = record.cases.length + whole.length;
  const last = whole.flatMap(({ name, words }) => [`not ok ${all} - ${name}`, ...detailed(words)]);
  return ["TAP version 14", `1..${all}`, ...lines, ...last, ""].join("\n");
}

const detailed = (findings: readonly string[]): string[] => [
  "  ---",
  "  findings:",
  ...findings.map((words) => `    - ${JSON.stringify(words)}`),
  "  ...",
];

const isOk = (is: CaseStatus) => is === "passed" || is === "not applicable";

function directive(run: CaseRecord, is: CaseStatus): string {
  switch (is) {
    case "passed":
    case "failed":
      return "";
    case "inconclusive":
      return ` (${is})`;
    case "accepted":
      return " # TODO accepted";
    case "not applicable": {
      const [first] = checksOf(run, "not-applicable");
      return ` # SKIP ${described(plain(first?.reason ?? "", 200))}`;
    }
  }
}

/** Escapes characters that start a directive. */
const described = (text: string) => text.replaceAll(/[\\#]/g, String.raw`\$&`);
