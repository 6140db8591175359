import {
  leaveNamesLeaver,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
  staysGone,
} from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";

/** Checks for scenarios with a leaving client whose own requirement is about its name. */
export const askedBesideNames: Checks = {
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "GONE-STAYS-GONE": [staysGone()],
  "NO-FALSE-LEAVE": [noFalseLeave()],
  "OTHERS-STAY-CONNECTED": [othersStayConnected()],
};

/** Checks for all other scenarios with a leaving client. */
export const askedAlways: Checks = {
  "LEAVE-NAMES-THE-LEAVER": [leaveNamesLeaver()],
  ...askedBesideNames,
};
