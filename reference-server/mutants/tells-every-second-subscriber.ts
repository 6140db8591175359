import type { LiveSession } from "../live-session.ts";
import { causes, union, untoldAnyhow } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { tellOnly } from "./rewrite-shell.ts";

export const tellsEverySecondSubscriber: Mutant = {
  name: "tells-every-second-subscriber",
  description: "Tells a leave to every second subscriber.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(causes, untoldAnyhow),
  mutate(sound) {
    const told = new WeakMap<LiveSession, boolean>();
    let isNext = false;
    return tellOnly(sound, (listener, { event }) => {
      if (!told.has(listener)) told.set(listener, (isNext = !isNext));
      return event !== "leave" || told.get(listener) === true;
    });
  },
};
