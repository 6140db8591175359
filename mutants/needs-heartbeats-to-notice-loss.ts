import { stillStored, union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { missEnds } from "./support/rewrite-transport.ts";

export const needsHeartbeatsToNoticeLoss: Mutant = {
  name: "needs-heartbeats-to-notice-loss",
  description:
    "Learns that a connection is lost only when a heartbeat can't be sent, and never where it promised none.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-IN-TIME", "LEAVE-ON-DISCONNECT", "LEAVE-ON-VIOLATION"], untold.lost, stillStored),
  mutate: (sound) =>
    missEnds(sound, ({ cause, session }) => cause === "lost" && session?.heartbeats.toClientMs === 0),
};
