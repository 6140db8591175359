import type { HistoryEvent } from "../history.ts";
import { ofKind } from "../oracle.ts";

/** Delays of the harness that are too short to be on record are allowed for by this much, in milliseconds. */
export const lagAllowanceMs = 100;

/** Beyond this, a quarter of the shortest usual deadline, the harness's own delay is too long to make allowance for. */
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
