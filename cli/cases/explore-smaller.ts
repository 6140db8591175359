import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { isSentinel } from "../../harness/history/sessions/sentinels.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { checksOf, kindOf } from "../../reports/read/digest.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { smallerThan, type Drawn } from "../../scenarios/properties/draw.ts";
import { shrink } from "../../scenarios/properties/shrink.ts";

/** For how long a counterexample is made smaller, in milliseconds. */
const shrinkLimitMs = 60_000;

/** How many plans are tried side by side, and how often each: not every race is lost every time. */
const triedAtOnce = 8;
const tries = 3;

/** What it takes to try something out on the target. */
export interface Trial {
  /** Plays cases side by side. */
  readonly play: (cases: readonly Case[]) => Promise<readonly FinishedCase[]>;
  readonly signal: AbortSignal;
  /** Says to whoever waits what takes its time now. */
  readonly tell: (words: string) => void;
}

/** Tries out on the target of a run. */
export function trialOn(around: Omit<RunOptions, "cases" | "onCase">): Trial {
  const { runToken, signal } = around;
  let trials = 0;
  return {
    // A leave that comes a trial late must not be taken for one of this trial.
    play: async (cases) =>
      (await runCases({ ...around, cases, runToken: `${runToken}x${(trials += 1).toString(36)}x` })).finished,
    signal,
    tell: (words) => void process.stderr.write(`${words}\n`),
  };
}

/** A history that was drawn, and which one of the seed's it is. */
export interface Origin {
  readonly drawn: Drawn;
  readonly number: number;
}
/** One that was played. */
export type Played = FinishedCase & Origin;

/** Of the histories that fail a short one that does so again and again, made as short as it gets in the time for that. */
export async function smallestFailing(
  played: readonly Played[],
  { play, signal, tell }: Trial,
): Promise<Played | undefined> {
  const failing = played
    .filter(({ record }) => kindOf(record) === "fail")
    .map((one) => ({ one, wanted: failuresOf(one.record) }))
    .sort((a, b) => effort(a) - effort(b));
  if (failing.length === 0) return undefined;
  const untilMs = performance.now() + shrinkLimitMs;
  const hasTime = () => !signal.aborted && performance.now() < untilMs;
  tell(
    `${failing.length} of ${played.length} histories fail; looking for the smallest that does, for a minute or so`,
  );
  const candidates = failing.slice(0, triedAtOnce);
  const again = await failuresAgain(
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
      // A smaller one that fails otherwise would be another counterexample.
      const found = await failuresAgain(
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

/** How much there is to look at, roughly. By its sentinel alone it would show nobody anything; silence takes long. */
function effort({ one, wanted }: { readonly one: Played; readonly wanted: readonly string[] }): number {
  const { steps } = one.drawn.value;
  const isSilent = steps.some(({ does }) => does === "fall-silent");
  return steps.length + (isSilent ? 1_000 : 0) + (wanted.length === 0 ? 1_000_000 : 0);
}

/** Plays each of these a few times. @returns of each those that failed as it is wanted */
async function failuresAgain(
  plans: readonly { readonly drawn: Drawn; readonly wanted: readonly string[] }[],
  play: Trial["play"],
): Promise<readonly (readonly FinishedCase[])[]> {
  const finished = await play(
    plans.flatMap(({ drawn }, place) =>
      Array.from({ length: tries }, (_, time) => caseOfPlan(drawn.value, `${place}/${time}`)),
    ),
  );
  return plans.map(({ wanted }, place) =>
    finished.filter(
      ({ record }) =>
        record.id.startsWith(`${place}/`) && failuresOf(record).some((check) => wanted.includes(check)),
    ),
  );
}

/** The checks by which a history fails for something that was done in it, and not by its sentinel alone. */
function failuresOf({ timeline = [], ...record }: CaseRecord): string[] {
  return checksOf({ ...record, timeline }, "fail")
    .filter(({ evidence }) => evidence.some((index) => !isOfSentinel(timeline[index])))
    .map(({ check }) => check);
}

function isOfSentinel(event: HistoryEvent | undefined): boolean {
  if (event === undefined) return true;
  return isSentinel(event.actor) || ("client" in event && isSentinel(event.client ?? ""));
}
