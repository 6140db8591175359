import { noticeTopic } from "../core/notice.ts";
import type { Mutant } from "./mutant.ts";
import { alsoOn } from "./rewrite-shell.ts";

export const subscribeForgetsIdentity: Mutant = {
  name: "subscribe-forgets-identity",
  description: "Makes a fresh entry for a session when it subscribes, without what it had said of itself.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: [],
  mutate: (sound) =>
    alsoOn(sound, "session-subscribe", ({ destination }, live, hub) => {
      if (destination === noticeTopic) hub.store.remove(live.session.id).catch(() => undefined);
    }),
};
