import type { MutantFile } from "./support/mutant.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Closes a client as soon as one heartbeat is late.",
  breaks: ["HEARTBEAT-MARGIN", "NO-FALSE-LEAVE"],
  alsoBreaks: [
    "ANY-BYTE-IS-LIFE",
    "HEARTBEATS-AS-NEGOTIATED",
    "LEAVE-ON-DISCONNECT",
    "LEAVE-ON-LOST-CONNECTION",
    "OTHERS-STAY-CONNECTED",
  ],
  // Timers themselves need a tenth. Without it no client with heartbeats could stay connected.
  mutate: (original) => reconfigure(original, () => ({ silenceFactor: 1.1 })),
} satisfies MutantFile;
