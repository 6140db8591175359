import { actorOfCheck, kindOfCheck } from "../../harness/judge/check-kinds.ts";
import { leavesNoGhostKind } from "../../harness/judge/checks/leaves-no-ghost.ts";
import type { CaseRecord, Detection } from "../../harness/judge/record.ts";
import { timingOf } from "../read/latency.ts";
import type { Checked } from "../read/record-queries.ts";

/** Way in which a leave was wrong: no observer received it, only some did, or it came outside its window. */
export type LeaveFault = "never" | "not by all" | "too late" | "too early";

/**
 * Returns the way in which the leave of a failed check was wrong; null if the check judges no leave, or if the record
 * does not show it.
 */
export function leaveFaultOf(run: CaseRecord, { check, evidence }: Checked<"fail">): LeaveFault | null {
  const kind = kindOfCheck(check);
  const { answers } = kind;
  // A ghost is worse than a missing leave. Without evidence another attempt failed than the one on record.
  if (kind === leavesNoGhostKind || (answers !== "told" && answers !== "timely") || evidence.length === 0)
    return null;
  const actor = actorOfCheck(check);
  const missed = (run.missed ?? []).filter((one) => one.actor === actor);
  const came = run.detections.filter((one) => one.actor === actor);
  if (answers === "told" && missed.length > 0) return came.length === 0 ? "never" : "not by all";
  const timings = new Set(came.map((one: Detection) => timingOf(one)));
  const wrong = (["too late", "too early"] as const).filter((one) => timings.has(one));
  return wrong.length === 1 ? (wrong[0] ?? null) : null;
}
