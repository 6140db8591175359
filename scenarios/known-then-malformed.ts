import {
  heardByAll,
  livesOn,
  malformIdentifyAndClose,
  noFalseLeave,
  notGoneWhileOpen,
  nothingOf,
  onlyIdentifiedCome,
} from "../harness/index.ts";
import type { Stage } from "../harness/stage/stage.ts";
import { malformed } from "./malformed.ts";

/** Alice is known, and then sends a malformed identify that speaks of somebody else. */
export async function knownThenMalformed(stage: Stage): Promise<void> {
  await stage.join("carol");
  await stage.join("bob");
  const alice = await stage.join("alice", { by: "raw" });
  const frame = alice.identifyFrame(malformed[stage.axes["body"] ?? ""], stage.clientOf("rubbish"));
  await stage.inject(malformIdentifyAndClose(alice, frame));
  await stage.settle();
}

/** Alice's leave comes under her name, and not before her session ends. */
export const keepsName = () => [heardByAll("alice"), notGoneWhileOpen("alice")];

/** Nobody hears of that somebody else, and the others' sessions go on. */
export const harmsNobody = () => [
  onlyIdentifiedCome(),
  nothingOf("rubbish"),
  noFalseLeave(),
  livesOn("bob"),
  livesOn("carol"),
];
