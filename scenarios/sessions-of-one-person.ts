import type { Check } from "../harness/judge/check.ts";
import { heardByAll, leftInsideWindow, noFalseLeave } from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";
import { notApplicable } from "../harness/judge/verdict.ts";
import { askedAlways } from "./always.ts";

/** Somebody with one session, who leaves in the same way as the person with several. */
export const control = "dave";

/**
 * Returns the checks of a scenario in which a person has several sessions. A target that does not announce such an end of anybody
 * fails the requirement of that end alone.
 * @param sessions actors of the person's sessions
 * @param requirement requirement for a notice of such an end
 */
export const checksOf = (sessions: readonly string[], requirement: string): Checks => ({
  [requirement]: [heardByAll(control)],
  "SESSIONS-OF-ONE-PERSON": [...sessions.map(heardByAll), noFalseLeave()].map(unlessMissed),
  ...askedAlways,
  "LEAVE-IN-TIME": [leftInsideWindow(control), ...sessions.map(leftInsideWindow).map(unlessMissed)],
});

/** Makes a check not applicable if the target announces no such end, also not that of the person with one session. */
function unlessMissed(check: Check): Check {
  return {
    ...check,
    judge: (evidence) =>
      heardByAll(control).judge(evidence).kind === "fail"
        ? notApplicable("the target announces no such end, also not that of a person with one session")
        : check.judge(evidence),
  };
}
