import { judgeCase } from "../../harness/judge/attempts.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import { caseOf, type Case } from "../../harness/scenario/scenario.ts";
import { checksOf } from "../../reports/read/digest.ts";
import type { Replay } from "../../reports/files/replay-file.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { caseOfPlan } from "../../scenarios/properties/case-of-plan.ts";
import { drawPlans } from "../../scenarios/properties/draw.ts";
import { asPlayed } from "../../scenarios/properties/as-played.ts";
import { told, type Plan } from "../../scenarios/properties/plan.ts";
import { UsageError } from "../exit.ts";
import { smallestFailing, type Origin, type Played, type Trial } from "./explore-smaller.ts";
import type { Tier } from "./select-cases.ts";

const anyHistory = scenarioOf("properties/any-history");

/** How many histories a run plays of each property, where nobody says. */
const usualRuns: Readonly<Record<Tier, number>> = { quick: 0, full: 40, soak: 40 };

export interface ExploreArguments {
  readonly seed: number;
  /** How many histories of each property; by the tier when left out. */
  readonly runs?: number | undefined;
  readonly tier?: Tier | undefined;
}

/** A counterexample, and what its file is called in the run's folder. */
export interface StoredReplay {
  readonly file: string;
  readonly content: Replay;
}

export interface Explored {
  readonly finished: readonly FinishedCase[];
  readonly replays: readonly StoredReplay[];
}

export interface Exploration {
  /** What is to be run: in the place of each property the histories that were drawn of it. */
  readonly cases: readonly Case[];
  /** Puts the histories together, as one case a property. What fails is made as small as can be before. */
  readonly conclude: (finished: readonly FinishedCase[], trial: Trial) => Promise<Explored>;
}

const runsOf = ({ tier = "full", runs = usualRuns[tier] }: Pick<ExploreArguments, "tier" | "runs">) => runs;

/** @throws UsageError where no history of a property is asked for, and there is nothing else */
export function assertAsked(selected: readonly Case[], args: Pick<ExploreArguments, "tier" | "runs">): void {
  if (runsOf(args) === 0 && selected.every(({ scenario }) => scenario === anyHistory))
    throw new UsageError(`no history of ${anyHistory.id} is asked for; give --runs a number from 1 on`);
}

/**
 * Draws histories of the properties among these cases.
 * @throws UsageError where none is asked for, and there is nothing else
 */
export function explore(selected: readonly Case[], args: ExploreArguments, profile: Profile): Exploration {
  const { seed } = args;
  const runs = runsOf(args);
  assertAsked(selected, args);
  const unchanged = selected.filter(({ scenario }) => scenario !== anyHistory);
  const isAsked = unchanged.length < selected.length;
  const origins = new Map<string, Origin>(
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
      const played = finished.flatMap((one): Played[] => {
        const origin = origins.get(one.record.id);
        return origin === undefined ? [] : [{ ...one, ...origin }];
      });
      if (played.length === 0) return { finished: rest, replays: [] };
      const smallest = await smallestFailing(played, trial);
      if (smallest === undefined)
        return { finished: [...rest, together(played, profile, seed)], replays: [] };
      const others = played.filter(({ attempts }) => attempts !== smallest.attempts);
      const whole = together([...others, smallest], profile, seed);
      const plan = asPlayed(smallest.drawn.value, profile);
      const replay = replayOf(smallest, plan, seed);
      const steps = told(plan, smallest.record.timeline);
      const record = { ...whole.record, replay: replay.file, steps };
      return { finished: [...rest, { ...whole, record }], replays: [replay] };
    },
  };
}

/**
 * All histories of the property as one case: each was an attempt at it, and the worst holds, the last of its kind. One that
 * the harness itself held up says nothing, as long as there is another.
 */
function together(played: readonly Played[], profile: Profile, seed: number): FinishedCase {
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

function replayOf({ number, record }: Played, plan: Plan, seed: number): StoredReplay {
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
