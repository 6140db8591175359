import type { HistoryEvent } from "../harness/history.ts";
import { isSentinel } from "../harness/oracle.ts";
import type { CaseRecord } from "../harness/record.ts";
import { runCases, type FinishedCase, type RunOptions } from "../harness/runner.ts";
import type { Case } from "../harness/scenario.ts";
import { checksOf, kindOf } from "../reports/digest.ts";
import { caseOfPlan } from "../scenarios/properties/any-history.ts";
import { smallerThan, type Drawn } from "../scenarios/properties/draw.ts";
import { shrink } from "../scenarios/properties/shrink.ts";

/** For how long a counterexample is made smaller, in milliseconds. */
const shrinkLimitMs = 60_000;

/** How many smaller plans are tried side by side, and how often each: not every race is lost every time. */
const shrinkWidth = 12;
const shrinkTries = 2;

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

/** How long it takes to look at one, roughly: silence takes longer to be noticed than all else. */
const size = ({ one }: { readonly one: Played }): number =>
  one.drawn.value.steps.length + (one.drawn.value.steps.some(({ does }) => does === "fall-silent") ? 100 : 0);

/** Of the histories that fail the shortest, made as short as it gets in the time for that. */
export async function smallestFailing(
  played: readonly Played[],
  { play, signal, tell }: Trial,
): Promise<Played | undefined> {
  const [shortest] = played
    .filter(({ record }) => kindOf(record) === "fail")
    .map((one) => ({ one, failures: failuresOf(one.record) }))
    .sort((a, b) => Number(a.failures.length === 0) - Number(b.failures.length === 0) || size(a) - size(b));
  if (shortest === undefined) return undefined;
  const { one: first, failures: wanted } = shortest;
  const { number, drawn } = first;
  tell(`history ${number} fails; looking for a smaller one that does, for ${shrinkLimitMs / 1000} s at most`);
  const failures = new Map<Drawn, FinishedCase>([[drawn, first]]);
  const untilMs = performance.now() + shrinkLimitMs;
  const smallest = await shrink(drawn, {
    smaller: smallerThan,
    keyOf: ({ value }) => JSON.stringify(value),
    width: shrinkWidth,
    hasTime: () => !signal.aborted && performance.now() < untilMs,
    fail: async (values) => {
      const cases = values.flatMap(({ value }, place) =>
        Array.from({ length: shrinkTries }, (_, time) => caseOfPlan(value, `${place}/${time}`)),
      );
      const tried = await play(cases);
      return values.map((value, place) => {
        const failing = tried.find(
          ({ record }) =>
            // A smaller one that fails otherwise would be another counterexample.
            record.id.startsWith(`${place}/`) && failuresOf(record).some((check) => wanted.includes(check)),
        );
        if (failing !== undefined) failures.set(value, failing);
        return failing !== undefined;
      });
    },
  });
  return { ...first, ...failures.get(smallest), drawn: smallest };
}

/**
 * The checks by which a history fails for something that was done in it. By its sentinel alone it would show nobody
 * anything.
 */
function failuresOf({ timeline = [], ...record }: CaseRecord): string[] {
  return checksOf({ ...record, timeline }, "fail")
    .filter(({ evidence }) => evidence.some((index) => !isOfSentinel(timeline[index])))
    .map(({ check }) => check);
}

function isOfSentinel(event: HistoryEvent | undefined): boolean {
  if (event === undefined) return true;
  return isSentinel(event.actor) || ("client" in event && isSentinel(event.client ?? ""));
}
