import { union, untold } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { missEnds } from "./support/rewrite-transport.ts";

export const keepsHttpSessions: Mutant = {
  name: "keeps-http-sessions",
  description:
    "Listens for the end of WebSockets only, so that no session of another transport ends by itself.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], untold.silent),
  mutate: (sound) => missEnds(sound, ({ link }) => !link.transport.startsWith("websocket")),
};
