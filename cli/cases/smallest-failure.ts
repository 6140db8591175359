import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { isSentinel } from "../../harness/history/sessions/sentinels.ts";
import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { checksOf, kindOf } from "../../reports/read/record-queries.ts";
import { duration } from "../../reports/words/text.ts";
import { tellProgress, type ProgressStream } from "../output/terminal-width.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { smallerThan, type Drawn } from "../../scenarios/properties/draw.ts";
import { shrink } from "../../scenarios/properties/shrink.ts";

/** Times after which no step of shrinking a counterexample begins, in milliseconds: where only histories fail, and where other cases fail, too. */
const shrinkLimitsMs = { usual: 60_000, besideOthers: 20_000 };

/** Number of plans played at the same time, and plays of each. A race fails only in some plays. */
const triedAtOnce = 8;
const tries = 3;

/** Failures of the other cases of a run. */
export interface OtherFailures {
  readonly exist: boolean;
  /** Returns true for a check that fails in other cases, too. */
  readonly include: (failed: Pick<CheckRecord, "requirement" | "check">) => boolean;
}

/** Plays further cases on the target of a run. */
export interface TrialRunner {
  /** Plays cases at the same time. */
  readonly play: (cases: readonly Case[]) => Promise<readonly FinishedCase[]>;
  readonly signal: AbortSignal;
  /** Tells the user which slow step starts now. */
  readonly tell: (words: string) => void;
}

/** Returns a runner that plays cases on the target of a run, without retries. */
export function trialRunner(
  { alwaysRetry: _retries, ...options }: Omit<RunOptions, "cases" | "onCase">,
  progress: ProgressStream,
): TrialRunner {
  const { runToken, signal } = options;
  let trials = 0;
  return {
    // A new token per trial keeps late leaves of one trial out of the next.
    play: async (cases) =>
      (
        await runCases({
          ...{ ...options, cases, retries: false },
          runToken: `${runToken}x${(trials += 1).toString(36)}x`,
        })
      ).finished,
    signal,
    tell: (words) => tellProgress(words, progress),
  };
}

/** Random history, with its number among the histories of the seed. */
export interface DrawnHistory {
  readonly drawn: Drawn;
  readonly number: number;
}
/** Random history that was played. */
export type PlayedHistory = FinishedCase & DrawnHistory;

/**
 * Returns the failing history that fails most reliably, shrunk as far as the time allows. Failures that other cases show are not shrunk: such a case
 * is a smaller example than any history.
 */
export async function smallestFailure(
  played: readonly PlayedHistory[],
  { play, signal, tell }: TrialRunner,
  others: OtherFailures,
): Promise<PlayedHistory | undefined> {
  const all = played
    .filter(({ record }) => kindOf(record) === "fail")
    .map((one) => ({ one, wanted: failuresOf(one.record, others.include) }))
    .sort((a, b) => effort(a) - effort(b));
  const failing = all.filter(({ wanted }) => wanted.length > 0);
  if (failing.length === 0) return all[0]?.one;
  const limitMs = others.exist ? shrinkLimitsMs.besideOthers : shrinkLimitsMs.usual;
  const untilMs = performance.now() + limitMs;
  const hasTime = () => !signal.aborted && performance.now() < untilMs;
  if (hasTime())
    tell(
      `${failing.length} of ${played.length} random histories fail. Looking for the smallest failing one: about ${duration(limitMs)}.`,
    );
  const candidates = failing.slice(0, triedAtOnce);
  const again = await repeatFailures(
    candidates.map(({ one, wanted }) => ({ drawn: one.drawn, wanted })),
    play,
  );
  const mostOften = Math.max(...again.map(({ length }) => length));
  const chosen = candidates[again.findIndex(({ length }) => length === mostOften)] ?? candidates[0];
  if (chosen === undefined) return undefined;
  const { one: first, wanted } = chosen;
  const shown = new Map<Drawn, FinishedCase>([[first.drawn, first]]);
  const smallest = await shrink(first.drawn, {
    smaller: smallerThan,
    keyOf: ({ value }) => JSON.stringify(value),
    width: triedAtOnce,
    hasTime,
    fail: async (values) => {
      // A smaller plan with another failure would be another counterexample.
      const found = await repeatFailures(
        values.map((drawn) => ({ drawn, wanted })),
        play,
      );
      return found.map(([one], place) => {
        const value = values[place];
        if (one !== undefined && value !== undefined) shown.set(value, one);
        return one !== undefined;
      });
    },
  });
  return { ...first, ...shown.get(smallest), drawn: smallest };
}

/** Estimates the effort to read a history. Silence takes long, and a failure of the sentinel alone explains nothing. */
function effort({
  one,
  wanted,
}: {
  readonly one: PlayedHistory;
  readonly wanted: readonly string[];
}): number {
  const { steps } = one.drawn.value;
  const isSilent = steps.some(({ does }) => does === "fall-silent");
  return steps.length + (isSilent ? 1_000 : 0) + (wanted.length === 0 ? 1_000_000 : 0);
}

/**
 * Plays each plan several times.
 * @returns for each plan, the plays with one of the wanted failures
 */
async function repeatFailures(
  plans: readonly { readonly drawn: Drawn; readonly wanted: readonly string[] }[],
  play: TrialRunner["play"],
): Promise<readonly (readonly FinishedCase[])[]> {
  const finished = await play(
    plans.flatMap(({ drawn }, place) =>
      Array.from({ length: tries }, (_, time) => caseOfPlan(drawn.value, `${place}/${time}`)),
    ),
  );
  return plans.map(({ wanted }, place) =>
    finished.filter(
      ({ record }) =>
        record.id.startsWith(`${place}/`) &&
        failuresOf(record, () => false).some((check) => wanted.includes(check)),
    ),
  );
}

/** Returns the failed checks whose evidence goes beyond the sentinel, without those that fail in other cases. */
function failuresOf({ timeline = [], ...record }: CaseRecord, isKnown: OtherFailures["include"]): string[] {
  return checksOf({ ...record, timeline }, "fail")
    .filter((failed) => !isKnown(failed) && failed.evidence.some((index) => !isOfSentinel(timeline[index])))
    .map(({ check }) => check);
}

function isOfSentinel(event: HistoryEvent | undefined): boolean {
  if (event === undefined) return true;
  return isSentinel(event.actor) || ("client" in event && isSentinel(event.client ?? ""));
}
