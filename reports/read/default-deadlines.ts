import { defaultDeadlines } from "../../harness/profile/running.ts";
import type { Detection, RunRecord } from "../../harness/judge/record.ts";
import { defaultSilentMs } from "../../harness/profile/silent-drop.ts";
import { timingOf } from "./latency.ts";

const defaults = [...Object.values(defaultDeadlines), defaultSilentMs];

/**
 * Returns true for hangup's default deadlines, in milliseconds. Allows 1 %, because a silent client's last byte is
 * not known exactly.
 */
export const isDefaultDeadline = (deadlineMs: number): boolean =>
  defaults.some((ms) => Math.abs(ms - deadlineMs) < ms / 100);

/** Share of a requirement's deadlines that are hangup's defaults. */
export type ByDefault = "none" | "some" | "all";

/**
 * Returns which share of a requirement's deadlines are defaults. A failed requirement counts only the deadlines that
 * were missed, a passed one all deadlines of the profile.
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

/** Returns true for a late leave. An early leave misses no deadline. */
const isMissed = (detection: Detection): boolean => timingOf(detection) === "too late";

function declaredMs({ target: { profile } }: RunRecord): number[] {
  const { deadlines, transport } = profile as {
    readonly deadlines?: Readonly<Record<string, unknown>>;
    readonly transport?: unknown;
  };
  const { endedMs, httpEndedMs } = deadlines ?? {};
  return [endedMs, ...(transport === "native" ? [] : [httpEndedMs])].filter((ms) => typeof ms === "number");
}
