import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { missEnds } from "./support/rewrite-transport.ts";
import { reconfigure } from "./support/rewrite.ts";

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
