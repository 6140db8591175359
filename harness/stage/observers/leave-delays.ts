import type { HistoryEvent } from "../../history/events/events.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { windowOf } from "../../history/sessions/windows.ts";
import type { Profile } from "../../profile/profile.ts";

/** A leave on a target that was late before is awaited this many times as long. */
const factor = 1.5;

/** Longest such wait, in milliseconds. */
const longestMs = 30_000;

/** Learns from late leaves how long to wait for others. The cases of a run share what it learned. */
export class LeaveDelays {
  #longestMs = 0;
  #longWait: Promise<unknown> | undefined;

  /** Time to wait for a leave after its session's end, in milliseconds; 0 while no leave was late. */
  get patienceMs(): number {
    return Math.min(longestMs, factor * this.#longestMs);
  }

  /**
   * Carries out a long wait for a leave that seems to be missing, the first time. It shows whether the target is late. The other cases
   * wait for its end.
   */
  async waitLongOnce(wait: () => Promise<unknown>): Promise<void> {
    // An interrupted wait shows nothing, and the next case may have another one.
    this.#longWait ??= wait().catch(() => (this.#longWait = undefined));
    await this.#longWait;
  }

  /** Notes a notice of a case, if it is a late leave. */
  note(notice: HistoryEvent, events: readonly HistoryEvent[], profile: Profile): void {
    if (notice.kind !== "notice" || notice.event !== "leave" || notice.claimedBy !== "this-case") return;
    const session = sessionsOf(events).findLast((one) => personOf(one) === notice.client);
    const { end } = session ?? {};
    const window = session && windowOf(session, profile);
    if (end?.ends !== "visibly" || window === undefined) return;
    if (notice.atMs <= window.latestMs + lateToleranceMs) return;
    this.#longestMs = Math.max(this.#longestMs, notice.atMs - end.atMs);
  }
}
