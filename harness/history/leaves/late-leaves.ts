import type { HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import type { Profile } from "../../profile/profile.ts";
import { expectedLeaves, overtakenLeaves } from "./expected-leaves.ts";

/** Returns by how much each late leave missed its deadline, in milliseconds. Leaves in time and missing leaves are not included. */
export function latenessesOf(events: readonly HistoryEvent[], profile: Profile): number[] {
  return [...expectedLeaves(events, profile), ...overtakenLeaves(events, profile)].flatMap(
    ({ window, leave }) => {
      if (window === undefined || leave === undefined) return [];
      const lateMs = leave.atMs - window.latestMs;
      return lateMs > lateToleranceMs ? [lateMs] : [];
    },
  );
}
