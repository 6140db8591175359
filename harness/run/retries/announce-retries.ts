import type { Next } from "../../judge/attempts/next-attempt.ts";
import type { Case } from "../../scenario/scenario.ts";
import type { Undecided } from "./retry-groups.ts";
import type { RetryReason, RunOptions } from "../run-options.ts";

type Listener = Pick<RunOptions, "signal" | "onRetries">;

/** Ways to run a case again after the first attempts at all cases. */
type Retry = Exclude<Next, "own">;

/** Reason of each way to run a case again, and the largest number of attempts. */
const ways: Readonly<Record<Retry, { readonly why: RetryReason; readonly attempts: number }>> = {
  repeat: { why: "race", attempts: 1 },
  calm: { why: "no-evidence", attempts: 1 },
  again: { why: "late", attempts: 2 },
  alone: { why: "no-evidence", attempts: 1 },
  explained: { why: "unexplained-notice", attempts: 1 },
};

/**
 * Announces retries, those of each way together.
 * @param atOnce returns the maximum number of cases that run side by side
 */
export function announceRetries(
  listener: Listener,
  undecided: readonly Undecided[],
  atOnce: (next: Next) => number,
): void {
  for (const next of Object.keys(ways) as Retry[]) {
    const cases = undecided.flatMap((each) => (each.next === next ? [each.one] : []));
    announce(listener, cases, ways[next].why, atOnce(next), ways[next].attempts);
  }
}

/** Announces retries of cases, if there are any and the run goes on. */
export function announce(
  { signal, onRetries }: Listener,
  cases: readonly Case[],
  why: RetryReason,
  atOnce: number,
  attempts = 1,
): void {
  if (!signal.aborted && cases.length > 0) onRetries?.({ cases, why, attempts, atOnce });
}
