import { letIn } from "./checks/let-in.ts";
import { noLeaveTwice } from "./checks/no-undue-leave.ts";
import { sentinelTold } from "./checks/sentinel-told.ts";
import type { Checks } from "./judged-case.ts";

/**
 * Checks by requirement id that judge every case, also one that does not ask them. There they are on record only where
 * they fail: a leave that was told twice is no less wrong in a case about something else.
 */
export const universalChecks: Checks = {
  "CONNECT-HIGHEST-VERSION": [letIn()],
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "LEAVE-ON-DISCONNECT": [sentinelTold()],
};
