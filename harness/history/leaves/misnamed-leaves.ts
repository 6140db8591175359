import { clockErrorMs } from "../../util/clock-error.ts";
import { cachedByHistory } from "../cached-by-history.ts";
import type { EventOf, HistoryEvent } from "../events/events.ts";
import { lateToleranceMs } from "../lateness.ts";
import { namesNobody } from "../notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { expectedLeaves } from "./expected-leaves.ts";
import type { ExpectedLeave } from "./matching.ts";
import { undueLeaves } from "./undue-leaves.ts";

/** The leave of an ended session that came under the name of somebody else, who had no leave due. */
export interface MisnamedLeave extends ExpectedLeave {
  readonly notice: EventOf<"notice">;
  /** The actor of the wrong name, if there is one. */
  readonly named: string | undefined;
}

/**
 * Returns the leaves under wrong names. One observer received both parts of the evidence:
 * - No leave of a session that ended, although one was due.
 * - Within that leave's window, a leave that no end accounts for. Each stands for one missing leave.
 *
 * If two sessions end at once and their names are exchanged, both leaves are accounted for.
 */
export const misnamedLeaves: (events: readonly HistoryEvent[], profile: Profile) => readonly MisnamedLeave[] =
  cachedByHistory(readMisnamedLeaves);

function readMisnamedLeaves(events: readonly HistoryEvent[], profile: Profile): MisnamedLeave[] {
  if (namesNobody(profile.notice)) return [];
  const missing = expectedLeaves(events, profile).filter(({ leave }) => leave === undefined);
  if (missing.length === 0) return [];
  const open = undueLeaves(events, profile);
  return missing.flatMap((due) => {
    const place = open.findIndex(({ notice }) => isInWindow(due, notice));
    const [wrong] = place < 0 ? [] : open.splice(place, 1);
    return wrong === undefined ? [] : { ...due, notice: wrong.notice, named: wrong.actor };
  });
}

const isInWindow = (
  { end, observer, window }: ExpectedLeave,
  { actor, index, atMs }: EventOf<"notice">,
): boolean =>
  window !== undefined &&
  actor === observer &&
  index > end.index &&
  atMs >= (window.earliestMs ?? 0) - clockErrorMs &&
  atMs <= window.latestMs + lateToleranceMs;
