import { defaultDeadlines } from "../../harness/profile/running.ts";
import type { Detection, RunRecord } from "../../harness/judge/record.ts";
import { defaultSilentMs } from "../../harness/profile/silent-drop.ts";
import { timingOf } from "./latency.ts";

const defaults = [...Object.values(defaultDeadlines), defaultSilentMs];

/** Returns true for a deadline of hangup's own, in milliseconds: when a silent client's last byte passed is not known exactly. */
export const isDefaultDeadline = (deadlineMs: number): boolean =>
  defaults.some((ms) => Math.abs(ms - deadlineMs) < ms / 100);

/** How many of the deadlines that a requirement goes by are hangup's defaults. */
export type ByDefault = "none" | "some" | "all";

/**
 * Returns whose deadlines the failures of a requirement go by: those of the leaves that missed them, where it failed. One that did
 * not fail goes by all deadlines of the profile.
 */
export function deadlinesByDefault(requirement: string, record: RunRecord): ByDefault {
  if (requirement !== "LEAVE-IN-TIME") return "none";
  const failed = record.cases.filter(({ verdicts }) =>
    verdicts.some((verdict) => verdict.requirement === requirement && verdict.kind === "fail"),
  );
  const missed = failed.flatMap(({ detections }) => detections.filter(isMissed));
  const deadlinesMs = missed.length > 0 ? missed.map(({ latestMs }) => latestMs) : declaredMs(record);
  const areDefaults = deadlinesMs.map(isDefaultDeadline);
  if (!areDefaults.includes(true)) return "none";
  return areDefaults.includes(false) ? "some" : "all";
}

/** A leave that is too early misses what its client promised, which is nobody's default. */
const isMissed = (detection: Detection): boolean => timingOf(detection) === "too late";

function declaredMs({ target: { profile } }: RunRecord): number[] {
  const { deadlines, transport } = profile as {
    readonly deadlines?: Readonly<Record<string, unknown>>;
    readonly transport?: unknown;
  };
  const { endedMs, httpEndedMs } = deadlines ?? {};
  return [endedMs, ...(transport === "native" ? [] : [httpEndedMs])].filter((ms) => typeof ms === "number");
}
