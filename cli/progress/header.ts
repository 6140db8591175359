import type { Profile } from "../../harness/profile/profile.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import { countOf } from "../../reports/words/text.ts";
import { version } from "../version.ts";
import { declaredWaitOf } from "./declared-waits.ts";
import { estimateLeftMs } from "./estimate.ts";
import { expectedCases } from "./expected-cases.ts";
import { aboutTime } from "./words.ts";

/** Facts about a run before it begins. */
export interface PlannedRun {
  /** Cases that apply to the target. */
  readonly cases: readonly Case[];
  /** Number of selected cases that do not apply. */
  readonly inapplicable: number;
  readonly profile: Profile;
  /** Address of the target, or its name, without secrets. */
  readonly target: string;
  readonly workers: number;
  readonly hasQuietInstance: boolean;
  /** Time during which a soak starts new rounds, in milliseconds; undefined for other tiers. */
  readonly soakMs: number | undefined;
}

/** Shortest declared wait that is worth a remark, in milliseconds. */
const longMs = 15_000;

/** Returns the line that opens a run: the number of cases, the expected time and the target. */
export function headerOf(planned: PlannedRun): string {
  const { cases, inapplicable, target, soakMs } = planned;
  const others = inapplicable === 0 ? "" : `; ${inapplicable} more do not apply`;
  const expected = aboutTime(expectedRunMs(planned));
  const time = soakMs === undefined ? `in ${expected}` : `in rounds of ${expected} each for ${limit(soakMs)}`;
  return `hangup ${version}: ${countOf(cases.length, "case")} ${time} on ${target}${others}`;
}

/** Returns the expected time of a run on a server that meets its deadlines, in milliseconds. */
function expectedRunMs({ cases, profile, workers, hasQuietInstance }: PlannedRun): number {
  const states = expectedCases(cases, profile, hasQuietInstance).map((one) => ({
    ...one,
    tookMs: [],
    runningMs: undefined,
    attemptsLeft: 1,
  }));
  return estimateLeftMs({ cases: states, workers, retriesAtOnce: workers });
}

/** Names each declared deadline that makes the run long, the longest first, with a way to shorten it. */
export function longWaitsIn({ cases, profile }: Pick<PlannedRun, "cases" | "profile">): string[] {
  const long = cases.map((one) => declaredWaitOf(one, profile)).filter(({ ms }) => ms >= longMs);
  return [...groupBy(long, ({ wait, ms }) => `${wait?.key} ${wait?.until} ${ms}`).values()]
    .sort(([a], [b]) => (b?.ms ?? 0) - (a?.ms ?? 0))
    .flatMap((group) => {
      const [{ wait, ms } = { wait: undefined, ms: 0 }] = group;
      if (wait === undefined) return [];
      const subject = group.length === 1 ? "1 case waits up to" : `${group.length} cases wait up to`;
      const failingMs = wait.failingMs(ms);
      const missed = failingMs === ms ? "" : `, and ${limit(failingMs)} if the server misses that deadline`;
      const each = group.length === 1 ? "" : " each";
      return [`${subject} ${limit(ms)}${each} ${wait.until} (\`${wait.key}\`)${missed}. ${wait.shorten(ms)}`];
    });
}

/** Returns a declared time in words: `90 s`, `2 min`. */
const limit = (ms: number): string =>
  ms >= 120_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
