import type { Actor } from "../harness/stage/actor.ts";
import type { Fault } from "../harness/stage/faults/fault.ts";
import { noLeaveTwice, othersStayConnected, toldInTime } from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";
import type { Stage } from "../harness/stage/stage.ts";
import type { JoinOptions } from "../harness/stage/actor/actor-options.ts";

/** Options of usual clients. stompjs offers heartbeats by default, whatever the server negotiates. */
const heartbeats = "as-users";

/**
 * Cuts alice off without a packet while two others listen. The case's axes name her transport. Alice has no subscription,
 * as in a quiet room. Spring notices a lost HTTP client by a failed write. Notices of parallel cases would cause such
 * writes, and would hide a server that never writes by itself.
 */
export async function drop(
  stage: Stage,
  by: NonNullable<JoinOptions["by"]>,
  fault: (alice: Actor) => Fault,
): Promise<void> {
  await stage.join("carol", { heartbeats });
  await stage.join("bob", { heartbeats });
  const alice = await stage.join("alice", {
    by,
    heartbeats,
    transport: stage.axes["transport"],
    subscribes: false,
  });
  await stage.inject(fault(alice));
  await stage.settle();
}

/**
 * Checks of every silent drop. NO-FALSE-LEAVE is absent: false leaves of other cases arrive during the long wait and would
 * make it inconclusive.
 */
export const dropChecks: Checks = {
  "LEAVE-ON-SILENT-DROP": [toldInTime("alice")],
  "LEAVE-NOT-TWICE": [noLeaveTwice()],
  "OTHERS-STAY-CONNECTED": [othersStayConnected()],
};
