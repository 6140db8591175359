import type { CheckRecord } from "../../judge/record.ts";
import type { Next } from "../../judge/attempts/next-attempt.ts";
import { isOverHttp } from "../../profile/transports.ts";
import type { Case } from "../../scenario/scenario.ts";

/** A case that needs another attempt. */
export interface Undecided {
  readonly one: Case;
  readonly next: Next;
  /** See `latenessBeyondLoad`. */
  readonly lateness?: number | undefined;
  /** Its verdicts so far. */
  readonly verdicts: readonly CheckRecord[];
}

/** Largest group in which each case is retried. Of a larger one, a sample tells whether the failure repeats. */
const smallMax = 5;

/** Size of a sample of cases without a transport or a phase. */
const firstMax = 3;

/**
 * Groups undecided cases that probably have the same cause in the target: the same way of retrying, the same requirement, check and
 * scenario, and the same family of transports. Leaves that are later than load
 * explains, by about the same time, are one group for all scenarios: a retry beside few cases will hardly change their verdicts.
 */
export function groupsOf(undecided: readonly Undecided[]): Undecided[][] {
  const groups = new Map<string, Undecided[]>();
  for (const each of undecided) {
    const { one, next, lateness, verdicts } = each;
    const wrong =
      verdicts.find(({ kind }) => kind === "fail") ?? verdicts.find((v) => v.kind === "inconclusive");
    const check = wrong === undefined ? "" : `${wrong.requirement} ${wrong.check}`;
    const cause = lateness ?? one.scenario.id;
    const key = JSON.stringify([next, check, cause, familyOf(one)]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

const familyOf = ({ axes: { transport = "websocket" } }: Case): string =>
  isOverHttp(transport) ? "http" : "websocket";

/**
 * Returns the cases of a group to retry first: all of a small group, otherwise one for each transport and each phase. Of a group
 * without these axes, the first ones.
 */
export function sampleOf(group: readonly Undecided[]): Undecided[] {
  if (group.length <= smallMax) return [...group];
  const seen = new Set<string>();
  const sample = group.filter(({ one: { axes } }) => {
    const values = [axes["transport"], axes["phase"]].filter((value) => value !== undefined);
    const isNew = values.some((value) => !seen.has(value));
    for (const value of values) seen.add(value);
    return isNew;
  });
  return sample.length > 0 ? sample : group.slice(0, firstMax);
}
