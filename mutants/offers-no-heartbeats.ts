import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";
import { reconfigure } from "./support/rewrite-core.ts";

export default {
  description: "Answers CONNECT with heart-beat:0,0 and sends no pings, as many chat servers do by default.",
  breaks: ["LEAVE-ON-SILENT-DROP"],
  alsoBreaks: union(["LEAVE-ON-SILENCE", "LEAVE-IN-TIME", "HEARTBEATS-AS-NEGOTIATED"], missingLeave.silent),
  mutate: (original) => ({
    ...reconfigure(original, () => ({ heartbeats: { fromClientMs: 0, toClientMs: 0 } })),
    ...ignoreConnectionEnds(
      original,
      ({ cause, connection }) => cause === "silence" && connection.transport !== "xhr-polling",
    ),
  }),
} satisfies MutantFile;
