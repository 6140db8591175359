import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { causes, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { tellOnly } from "./support/rewrite-shell.ts";

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
