import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { endsFalsely } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { alsoAtLeave } from "./support/rewrite-shell.ts";

export const closesNeighbourOfLeaver: Mutant = {
  name: "closes-neighbour-of-leaver",
  description: "Takes two connections out of its list when one is lost, and closes the other, too.",
  breaks: ["OTHERS-STAY-CONNECTED"],
  alsoBreaks: endsFalsely,
  mutate(sound) {
    const closed = new WeakSet<LiveSession>();
    return alsoAtLeave(sound, ({ cause }, live, hub) => {
      const all = [...hub.sessions.values()];
      const neighbour = all[all.indexOf(live) - 1];
      if (cause !== "lost" || closed.has(live) || neighbour === undefined) return;
      closed.add(neighbour);
      neighbour.link.close(1000, "");
    });
  },
};
