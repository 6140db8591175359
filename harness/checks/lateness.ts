import type { HistoryEvent } from "../history.ts";
import { ofKind } from "../oracle.ts";

/**
 * Beyond this the harness's own delay may have made what it saw. A quarter of the shortest usual deadline, one second:
 * a target that is late by more than that is late on any clock.
 */
export const lagMarginMs = 250;

/** The harness's own longest delay that touched the time between the two moments, in milliseconds. */
export function lagBetweenMs(events: readonly HistoryEvent[], fromMs: number, toMs: number): number {
  const touching = ofKind(events, "harness-lagged").filter(
    ({ atMs, lagMs }) => atMs >= fromMs && atMs - lagMs <= toMs,
  );
  return Math.max(0, ...touching.map(({ lagMs }) => lagMs));
}

/** The reason not to judge by a time that the harness itself may have made. */
export const tooLate = (lagMs: number): string =>
  `the harness itself was late by ${Math.round(lagMs)} ms, more than its margin of ${lagMarginMs} ms`;
