import { noticeTopic } from "../core/notice.ts";
import type { Mutant } from "./mutant.ts";

export const subscribeForgetsIdentity: Mutant = {
  name: "subscribe-forgets-identity",
  description: "Makes a fresh entry for a session when it subscribes, without what it had said of itself.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: [],
  mutate: (sound) => ({
    perform(effect, live, hub) {
      sound.perform(effect, live, hub);
      if (effect.kind !== "tell" || effect.event.name !== "session-subscribe") return;
      if (effect.event.destination === noticeTopic) hub.store.remove(live.session.id).catch(() => undefined);
    },
  }),
};
