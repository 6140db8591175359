import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import { kindOfCheck } from "../../harness/judge/check-kinds.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import { caseOf, type Case } from "../../harness/scenario/scenario.ts";
import { checksOf } from "../../reports/read/record-queries.ts";
import type { Replay } from "../../reports/files/replay-file.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { drawPlans } from "../../scenarios/properties/draw.ts";
import { asPlayed } from "../../scenarios/properties/as-played.ts";
import { told, type Plan } from "../../scenarios/properties/plan.ts";
import { UsageError } from "../exit.ts";
import {
  smallestFailure,
  type DrawnHistory,
  type OtherFailures,
  type PlayedHistory,
  type TrialRunner,
} from "./smallest-failure.ts";
import type { Tier } from "./select-cases.ts";

const anyHistory = scenarioOf("properties/any-history");

/** Number of random histories per tier, if no option gives it. */
const usualRuns: Readonly<Record<Tier, number>> = { quick: 0, full: 40, soak: 40 };

export interface ExploreArguments {
  readonly seed: number;
  /** Number of random histories; depends on the tier if undefined. */
  readonly runs?: number | undefined;
  readonly tier?: Tier | undefined;
}

/** Counterexample, with its path in the run's folder. */
export interface StoredReplay {
  readonly file: string;
  readonly content: Replay;
}

export interface ExploredCases {
  readonly finished: readonly FinishedCase[];
  readonly replays: readonly StoredReplay[];
}

export interface Exploration {
  /** Cases to run, with random histories in place of each property. */
  readonly cases: readonly Case[];
  /** Combines the histories of a property into one case. Shrinks a failing history first. */
  readonly conclude: (finished: readonly FinishedCase[], trial: TrialRunner) => Promise<ExploredCases>;
}

const runsOf = ({ tier = "full", runs = usualRuns[tier] }: Pick<ExploreArguments, "tier" | "runs">) => runs;

/** @throws UsageError if the run would have no case, because the number of histories is 0 */
export function assertAnyCase(
  selected: readonly Case[],
  args: Pick<ExploreArguments, "tier" | "runs">,
): void {
  if (runsOf(args) === 0 && selected.every(({ scenario }) => scenario === anyHistory))
    throw new UsageError(
      `the run has no cases, because --runs 0 leaves out the histories of ${anyHistory.id}. Set --runs to 1 or more.`,
    );
}

/**
 * Draws random histories for the properties among these cases.
 * @throws UsageError if the run would have no case
 */
export function explore(selected: readonly Case[], args: ExploreArguments, profile: Profile): Exploration {
  const { seed } = args;
  const runs = runsOf(args);
  assertAnyCase(selected, args);
  const unchanged = selected.filter(({ scenario }) => scenario !== anyHistory);
  const isAsked = unchanged.length < selected.length;
  const origins = new Map<string, DrawnHistory>(
    drawPlans(seed, isAsked ? runs : 0).map((drawn, number) => [
      `${anyHistory.id}[seed=${seed},history=${number}]`,
      { drawn, number },
    ]),
  );
  const histories = [...origins].map(([id, { drawn }]) => caseOfPlan(drawn.value, id));
  return {
    cases: [...unchanged, ...histories],
    conclude: async (finished, trial) => {
      const rest = finished.filter(({ record }) => !origins.has(record.id));
      const played = finished.flatMap((one): PlayedHistory[] => {
        const origin = origins.get(one.record.id);
        return origin === undefined ? [] : [{ ...one, ...origin }];
      });
      if (played.length === 0) return { finished: rest, replays: [] };
      const smallest = await smallestFailure(played, trial, failuresIn(rest));
      if (smallest === undefined)
        return { finished: [...rest, combineHistories(played, profile, seed)], replays: [] };
      const others = played.filter(({ attempts }) => attempts !== smallest.attempts);
      const whole = combineHistories([...others, smallest], profile, seed);
      const plan = asPlayed(smallest.drawn.value, profile);
      const replay = replayOf(smallest, plan, seed);
      const steps = told(plan, smallest.record.timeline);
      const record = { ...whole.record, replay: replay.file, steps };
      return { finished: [...rest, { ...whole, record }], replays: [replay] };
    },
  };
}

/** Returns the failures of these cases. They include each check of the same requirement or kind. */
function failuresIn(finished: readonly FinishedCase[]): OtherFailures {
  const known = new Set(
    finished.flatMap(({ record }) =>
      checksOf(record, "fail").flatMap(({ requirement, check }) => [requirement, kindOfCheck(check).id]),
    ),
  );
  return {
    exist: known.size > 0,
    include: ({ requirement, check }) => known.has(requirement) || known.has(kindOfCheck(check).id),
  };
}

/**
 * Judges all histories of the property as attempts at one case. The worst verdict counts. Attempts that the harness
 * itself delayed count only if there are no others.
 */
function combineHistories(played: readonly PlayedHistory[], profile: Profile, seed: number): FinishedCase {
  const attempts = played.flatMap((one) => one.attempts);
  const property = caseOf(anyHistory);
  const [first] = played;
  const unasked = first === undefined ? [] : [{ ...first.record, id: property.id }];
  const record = attempts.length === 0 ? unasked[0] : judgeCase(property, attempts, profile);
  if (record === undefined) throw new Error(`nothing was played of ${property.id}`);
  const histories = new Set(played.map(({ number }) => number)).size;
  const title = `${anyHistory.title} (${histories} of seed ${seed}'s histories)`;
  return { attempts, record: { ...record, title } };
}

function replayOf({ number, record }: PlayedHistory, plan: Plan, seed: number): StoredReplay {
  const failed = checksOf(record, "fail").map(({ requirement, check, expected, actual }) => ({
    requirement,
    check,
    expected,
    actual,
  }));
  return {
    file: `replays/any-history-${seed}-${number}.json`,
    content: {
      schemaVersion: 1,
      property: anyHistory.id,
      seed,
      history: number,
      plan,
      failed,
    },
  };
}
