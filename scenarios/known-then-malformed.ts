import {
  heardByAll,
  inPhase,
  livesOn,
  malformIdentifyAndClose,
  noFalseLeave,
  notGoneWhileOpen,
  nothingOf,
  onlyIdentifiedCome,
} from "../harness/index.ts";
import type { Stage } from "../harness/stage/stage.ts";
import { malformed } from "./malformed.ts";

/** Identifies alice, and then sends a malformed identify with another name. */
export async function knownThenMalformed(stage: Stage): Promise<void> {
  await stage.join("carol");
  await stage.join("bob");
  const alice = await stage.join("alice", { by: "raw" });
  const frame = alice.identifyFrame(malformed[stage.axes["body"] ?? ""], stage.clientOf("rubbish"));
  await stage.inject(malformIdentifyAndClose(alice, frame));
  await stage.settle();
}

/** Precondition: a target that ends alice's session before it has read her identify owes nobody a notice. */
export const wasKnown = [inPhase("alice", "identified")];

/** Checks that alice's leave has her name and arrives only after her session's end. */
export const keepsName = () => [heardByAll("alice"), notGoneWhileOpen("alice")];

/** Checks that no notice has the other name, and that the others' sessions go on. */
export const harmsNobody = () => [
  onlyIdentifiedCome(),
  nothingOf("rubbish"),
  noFalseLeave(),
  livesOn("bob"),
  livesOn("carol"),
];
