import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { folderOf } from "../read/record-queries.ts";
import { requirementsIn } from "../read/requirements-in-run.ts";
import { findingsOf } from "../words/finding.ts";
import {
  runFailures,
  caseStatusCounts,
  caseStatusIn,
  type CaseStatus,
  type RunFailure,
} from "../read/case-status.ts";
import { plain } from "../words/text.ts";

/** Status of a case in CTRF. Inconclusive cases must not look passed, accepted ones must not look failed. */
const statusOf: Readonly<Record<CaseStatus, "passed" | "failed" | "skipped">> = {
  passed: "passed",
  failed: "failed",
  inconclusive: "failed",
  accepted: "skipped",
  "not applicable": "skipped",
};

export const ctrf: Reporter = { output: { file: "ctrf.json" }, default: "always", render };

/** Renders the record as a Common Test Report Format file (https://ctrf.io). Times are milliseconds. */
function render(record: RunRecord): string {
  const { tool, target, environment, startedAt, durationMs, seed } = record;
  const counts = caseStatusCounts(record);
  const whole = runFailures(record);
  const start = Date.parse(startedAt);
  const results = {
    tool: { name: tool.name, version: plain(tool.version, 40) },
    summary: {
      tests: record.cases.length + whole.length,
      passed: counts.passed,
      failed: counts.failed + counts.inconclusive + whole.length,
      skipped: counts.accepted + counts["not applicable"],
      pending: 0,
      other: 0,
      start,
      stop: start + Math.round(durationMs),
    },
    tests: [...testsOf(record), ...whole.map(testOfWhole)],
    environment: {
      appName: plain(target.name, 120),
      osPlatform: plain(environment.platform, 80),
      extra: { url: plain(target.url, 240), seed, outcome: record.outcome },
    },
  };
  return `${JSON.stringify({ reportFormat: "CTRF", specVersion: "0.0.0", results }, null, 2)}\n`;
}

function testsOf(record: RunRecord): readonly object[] {
  const requirements = requirementsIn(record);
  const caseStatus = caseStatusIn(record);
  return record.cases.map((run: CaseRecord) => {
    const [first] = findingsOf(run, requirements);
    return {
      name: plain(run.id, 200),
      status: statusOf[caseStatus(run)],
      rawStatus: caseStatus(run),
      duration: Math.round(run.durationMs),
      suite: [plain(folderOf(run), 120)],
      ...(first === undefined ? {} : { message: first }),
    };
  });
}

const testOfWhole = ({ name, words }: RunFailure): object => ({
  name,
  status: "failed",
  duration: 0,
  message: words.join("\n"),
});
