import type { MutantFile } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Gives a client up as soon as a heartbeat is due and not there.",
  breaks: ["HEARTBEAT-MARGIN", "NO-FALSE-LEAVE"],
  alsoBreaks: [
    "ANY-BYTE-IS-LIFE",
    "HEARTBEATS-AS-NEGOTIATED",
    "LEAVE-ON-DISCONNECT",
    "LEAVE-ON-LOST-CONNECTION",
    "OTHERS-STAY-CONNECTED",
  ],
  // A tenth is what timers themselves need. Without it nobody who promised heartbeats would stay at all.
  mutate: (original) => reconfigure(original, () => ({ silenceFactor: 1.1 })),
} satisfies MutantFile;
