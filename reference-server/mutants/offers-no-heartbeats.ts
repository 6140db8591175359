import { union, untold } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { missEnds } from "./rewrite-transport.ts";
import { reconfigure } from "./rewrite.ts";

export const offersNoHeartbeats: Mutant = {
  name: "offers-no-heartbeats",
  description: "Answers CONNECT with heart-beat:0,0 and sends no pings: the default of many chats.",
  breaks: ["LEAVE-ON-SILENT-DROP"],
  alsoBreaks: union(["LEAVE-ON-SILENCE", "LEAVE-IN-TIME", "HEARTBEATS-AS-NEGOTIATED"], untold.silent),
  mutate: (sound) => ({
    ...reconfigure(sound, () => ({ heartbeats: { fromClientMs: 0, toClientMs: 0 } })),
    ...missEnds(sound, ({ cause, link }) => cause === "silence" && link.transport !== "xhr-polling"),
  }),
};
