import { noFalseLeave, noLeaveTwice, othersStayConnected, staysGone } from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";

/** Checks for all scenarios with a leaving client. */
export const askedAlways: Checks = {
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "GONE-STAYS-GONE": [staysGone()],
  "NO-FALSE-LEAVE": [noFalseLeave()],
  "OTHERS-STAY-CONNECTED": [othersStayConnected()],
};
