import type { Check } from "./check.ts";

/** The value of each axis in one case. */
export type Axes = Readonly<Record<string, string>>;

/** Checks by requirement id. */
export type Checks = Readonly<Record<string, readonly Check[]>>;

/** The part of a case that its judgement needs: names for the record, and the checks. */
export interface JudgedCase {
  /** The scenario's id, and its axes in brackets if it has any. */
  readonly id: string;
  readonly scenario: {
    readonly id: string;
    readonly title: string;
    /** Each attempt plays a different history, so different results are no sign of flakiness. */
    readonly isProperty?: boolean;
    /** The case may make the target send broken frames to every client on the shared topic. */
    readonly mayBreakFrames?: boolean;
  };
  readonly axes: Axes;
  /** Preconditions, beside the witness that every fault needs. */
  readonly expects: readonly Check[];
  readonly checks: Checks;
  /** The result depends on the order of two concurrent events. */
  readonly races: boolean;
}
