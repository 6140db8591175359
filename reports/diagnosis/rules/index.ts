import type { Rule } from "../cause.ts";
import { closesLivingClients } from "./closes-living-clients.ts";
import { ignoresMissingHeartbeats } from "./ignores-missing-heartbeats.ts";
import { lateLeaves } from "./late-leaves.ts";
import { lostBesideAnotherEnd } from "./lost-beside-another-end.ts";
import { missesDisconnect } from "./misses-disconnect.ts";
import { namelessLeaves } from "./nameless-leaves.ts";
import { noHeartbeats } from "./no-heartbeats.ts";
import { noLeaves } from "./no-leaves.ts";
import { onlyDisconnect } from "./only-disconnect.ts";
import { onlyGoodbyes } from "./only-goodbyes.ts";
import { repeatedLeave } from "./repeated-leave.ts";
import { someAreTold } from "./some-are-told.ts";
import { transportFamily } from "./transport-family.ts";

/** Rules by name. */
export const rules: Readonly<Record<string, Rule>> = {
  "closes-living-clients": closesLivingClients,
  "ignores-missing-heartbeats": ignoresMissingHeartbeats,
  "late-leaves": lateLeaves,
  "lost-beside-another-end": lostBesideAnotherEnd,
  "misses-disconnect": missesDisconnect,
  "nameless-leaves": namelessLeaves,
  "no-heartbeats": noHeartbeats,
  "no-leaves": noLeaves,
  "only-disconnect": onlyDisconnect,
  "only-goodbyes": onlyGoodbyes,
  "repeated-leave": repeatedLeave,
  "some-are-told": someAreTold,
  "transport-family": transportFamily,
};
