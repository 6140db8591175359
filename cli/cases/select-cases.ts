import { casesOf, type Case } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import { UsageError } from "../exit.ts";
import { inShard, type MeasuredDurations, type Shard } from "../shards/split.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Tiers: `quick` has a few cases that cover much, `full` has all cases once, `soak` repeats all cases. */
export const tiers = ["quick", "full", "soak"] as const;
export type Tier = (typeof tiers)[number];

export interface Selection {
  /** Regular expression for a case's id or title, not case-sensitive. */
  readonly grep?: string;
  readonly requirement?: string;
  /** `full` if undefined. */
  readonly tier?: Tier;
  /** Part of the selected cases to run. */
  readonly shard?: Shard;
  /** Ids of the cases to select among; all cases if undefined. */
  readonly ids?: ReadonlySet<string> | undefined;
  /** Durations of the target's cases in earlier runs, for the split into shards. */
  readonly measured?: MeasuredDurations | undefined;
}

/**
 * Returns the selected cases; all cases if the options select none.
 * @param canBeAsked returns true if the target and the machine allow a case; the quick tier depends on it
 * @throws UsageError if no case matches, with the options that matched nothing
 */
export function selectCases(
  { grep, requirement, tier, shard, ids, measured }: Selection,
  canBeAsked?: (one: Case) => boolean,
): Case[] {
  const asked = requirement === undefined ? undefined : knownRequirement(requirement);
  const pattern = patternOf(grep);
  const quick = tier === "quick" ? quickIds(scenarios, canBeAsked) : undefined;
  const selected = scenarios
    .flatMap(casesOf)
    .filter(({ id }) => quick?.has(id) !== false && ids?.has(id) !== false)
    .filter(({ checks }) => asked === undefined || asked in checks)
    .filter(({ id, scenario }) => pattern === undefined || pattern.test(id) || pattern.test(scenario.title));
  const own = shard === undefined ? selected : inShard(selected, shard, measured);
  if (own.length > 0) return own;
  if (selected.length > 0 && shard !== undefined)
    throw new UsageError(
      `--shard ${shard.index}/${shard.of} has no cases, because only ${selected.length} are selected. Use fewer shards.`,
    );
  const options = [
    ...(ids === undefined ? [] : ["--failed"]),
    ...(grep === undefined ? [] : [`--grep "${grep}"`]),
    ...(requirement === undefined ? [] : [`--requirement ${requirement}`]),
    ...(tier === undefined ? [] : [`--tier ${tier}`]),
  ];
  throw new UsageError(`${options.join(" with ")} matches no case. \`hangup list\` shows all cases.`);
}

/** @throws UsageError if no case judges the requirement */
function knownRequirement(requirement: string): string {
  const known = requirements.find(({ id }) => id === requirement);
  if (known === undefined)
    throw new UsageError(
      `--requirement: there is no requirement "${requirement}". \`hangup list requirements\` shows all.`,
    );
  if (known.later !== undefined)
    throw new UsageError(`--requirement ${requirement}: no scenario judges it yet. ${known.later}`);
  return requirement;
}

function patternOf(grep: string | undefined): RegExp | undefined {
  if (grep === undefined) return undefined;
  try {
    return new RegExp(grep, "i");
  } catch (error) {
    throw new UsageError(`--grep: ${messageOf(error)}`);
  }
}
