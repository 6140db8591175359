import type { PlannedRetries, RetryReason } from "../../harness/run/run-options.ts";
import { count, countOf, duration } from "../../reports/words/text.ts";
import type { RunCounts } from "./run-tracker.ts";

/** Returns an estimated time in words that claim no more precision than it has: `about 40 s`, `about 3 min`. */
export function aboutTime(ms: number): string {
  if (ms < 10_000) return "less than 10 s";
  // 55 s would round to 60 s.
  if (ms < 55_000) return `about ${Math.round(ms / 10_000) * 10} s`;
  return `about ${Math.round(ms / 60_000)} min`;
}

/** Returns counts such as `310/580 cases, 290 passed, 12 failed`. */
export function countsInWords({ total, decided, passed, failed, inconclusive }: RunCounts): string {
  const parts = Object.entries({ passed, failed, inconclusive }).flatMap(([word, number]) =>
    number === 0 ? [] : [`${count(number)} ${word}`],
  );
  return [`${count(decided)}/${countOf(total, "case")}`, ...parts].join(", ");
}

const reasons: Readonly<Record<RetryReason, string>> = {
  failed: "they failed",
  late: "they missed a deadline, and the rate shows if the server is always late",
  "unexplained-notice": "the server sent a leave that belongs to none of them",
  "no-evidence": "the first attempt proved nothing",
  race: "their result depends on the order of events",
};

/** Announces retries in a sentence. */
export function retriesInWords({ cases, why, attempts }: PlannedRetries, expectedMs: number): string {
  const times = attempts === 1 ? "once more" : `up to ${attempts} times more`;
  const subject = cases.length === 1 ? "1 case runs" : `${count(cases.length)} cases run`;
  const reason = cases.length === 1 ? reasons[why].replace(/^they/, "it") : reasons[why];
  return `${subject} ${times}, because ${reason}: ${aboutTime(expectedMs)}.`;
}

/** Returns the longest attempt in words; undefined if nothing has run for long. */
export const longestInWords = (
  longest: { readonly id: string; readonly ms: number } | undefined,
): string | undefined =>
  longest === undefined || longest.ms < 10_000
    ? undefined
    : `longest now: ${longest.id}, for ${duration(Math.round(longest.ms / 1000) * 1000)}`;
