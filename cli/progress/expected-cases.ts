import type { Profile } from "../../harness/profile/profile.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { expectedMs } from "../shards/expected-durations.ts";
import { referenceProfile } from "../target/reference-target.ts";
import { declaredWaitOf } from "./declared-waits.ts";

/** Durations of a case that are known before it runs, in milliseconds. */
export interface ExpectedCase {
  readonly id: string;
  readonly scenario: string;
  /** Place in the runner's order: cases of a later phase start when all of an earlier one have ended. */
  readonly phase: number;
  /** True if the case takes no worker's place. */
  readonly waitsLong: boolean;
  /** Duration if the server meets its deadlines. */
  readonly expectedMs: number;
  /** Duration if the server misses them. */
  readonly failingMs: number;
}

/** Duration of a case whose scenario has not been measured, and the shortest duration, in milliseconds. */
const unknownMs = 6_000;
const shortestMs = 20;

/**
 * Returns the expected durations of cases on a target: those measured on the reference server, plus the difference between the
 * two profiles' deadlines.
 * @param hasQuietInstance true if cases that need quiet run on an instance of their own
 */
export function expectedCases(
  cases: readonly Case[],
  profile: Profile,
  hasQuietInstance: boolean,
): ExpectedCase[] {
  return cases.map((one, place) => {
    const { scenario, id } = one;
    const { wait, ms } = declaredWaitOf(one, profile);
    const measuredMs = expectedMs[scenario.id] ?? unknownMs;
    const ownMs = Math.max(shortestMs, measuredMs + ms - declaredWaitOf(one, referenceProfile).ms);
    return {
      id,
      scenario: scenario.id,
      phase: phaseOf(scenario, place, hasQuietInstance),
      waitsLong: scenario.waitsLong === true,
      expectedMs: ownMs,
      failingMs: ownMs - ms + (wait?.failingMs(ms) ?? ms),
    };
  });
}

/** Returns the place of a case among the runner's stages. Those that need silence follow each other. */
function phaseOf(
  { needsSilence, needsQuiet, mayBreakFrames }: Case["scenario"],
  place: number,
  hasQuietInstance: boolean,
): number {
  if (needsSilence === true) return 3 + place;
  if (needsQuiet === true && !hasQuietInstance) return 2;
  return mayBreakFrames === true ? 1 : 0;
}
