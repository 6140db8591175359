import type { Mutant } from "./support/mutant.ts";
import { tellOnly } from "./support/rewrite-shell.ts";

export const tellsNoHttpSubscribers: Mutant = {
  name: "tells-no-http-subscribers",
  description: "Tells a leave to WebSockets only.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: ["CONFIRMED-SUBSCRIBER-HEARS"],
  mutate: (sound) =>
    tellOnly(sound, ({ link }, { event }) => event !== "leave" || link.transport.startsWith("websocket")),
};
