import { mappingKept, union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description:
    "Detects a lost connection only by a heartbeat that cannot be sent, so never without heartbeats.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(
    ["LEAVE-IN-TIME", "LEAVE-ON-DISCONNECT", "LEAVE-ON-VIOLATION"],
    missingLeave.lost,
    mappingKept,
  ),
  mutate: (original) =>
    ignoreConnectionEnds(
      original,
      ({ cause, session }) => cause === "lost" && session?.heartbeats.toClientMs === 0,
    ),
} satisfies MutantFile;
