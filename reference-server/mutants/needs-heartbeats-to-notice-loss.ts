import { stillStored, union, untold } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { missEnds } from "./rewrite-transport.ts";

export const needsHeartbeatsToNoticeLoss: Mutant = {
  name: "needs-heartbeats-to-notice-loss",
  description:
    "Learns that a connection is lost only when a heartbeat can't be sent, and never where it promised none.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-IN-TIME", "LEAVE-ON-DISCONNECT", "LEAVE-ON-VIOLATION"], untold.lost, stillStored),
  mutate: (sound) =>
    missEnds(sound, ({ cause, session }) => cause === "lost" && session?.heartbeats.toClientMs === 0),
};
