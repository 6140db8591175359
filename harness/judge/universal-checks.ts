import { acceptsClients } from "./checks/let-in.ts";
import { noLeaveTwice } from "./checks/no-undue-leave.ts";
import { sentinelTold } from "./checks/sentinel-told.ts";
import { targetSurvives } from "./checks/target-survives.ts";
import type { Checks } from "./judged-case.ts";

/**
 * Checks that judge every case, by requirement id: the target lets clients in, sends each leave once, announces the sentinel, and
 * does not die. In a case that does not list such a check, only its failure is recorded. A refused client counts under CONNECT-HIGHEST-VERSION,
 * the requirement that a CONNECT is answered by CONNECTED.
 */
export const universalChecks: Checks = {
  "CONNECT-HIGHEST-VERSION": [acceptsClients()],
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "LEAVE-ON-DISCONNECT": [sentinelTold()],
  "SURVIVES-ITS-CLIENTS": [targetSurvives()],
};
