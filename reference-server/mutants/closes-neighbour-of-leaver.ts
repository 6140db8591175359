import type { LiveSession } from "../live-session.ts";
import { endsFalsely } from "./consequences.ts";
import type { Mutant } from "./mutant.ts";
import { isLeave } from "./rewrite.ts";

export const closesNeighbourOfLeaver: Mutant = {
  name: "closes-neighbour-of-leaver",
  description: "Takes two connections out of its list when one is lost, and closes the other, too.",
  breaks: ["OTHERS-STAY-CONNECTED"],
  alsoBreaks: endsFalsely,
  mutate(sound) {
    const closed = new WeakSet<LiveSession>();
    return {
      perform(effect, live, hub) {
        sound.perform(effect, live, hub);
        if (!isLeave(effect) || effect.notice.cause !== "lost" || closed.has(live)) return;
        const all = [...hub.sessions.values()];
        const neighbour = all[all.indexOf(live) - 1];
        if (neighbour === undefined) return;
        closed.add(neighbour);
        neighbour.link.close(1000, "");
      },
    };
  },
};
