import { noFalseLeave, noLeaveTwice, othersStayConnected, staysGone } from "../harness/index.ts";
import type { Scenario } from "../harness/scenario.ts";

/** What is asked whenever somebody leaves, whoever it is and however. */
export const askedAlways: Scenario["checks"] = {
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "GONE-STAYS-GONE": [staysGone()],
  "NO-FALSE-LEAVE": [noFalseLeave()],
  "OTHERS-STAY-CONNECTED": [othersStayConnected()],
};
