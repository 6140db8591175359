import { announceLeave } from "../reference-server/flow/core/disconnect.ts";
import type { LiveSession } from "../reference-server/flow/live-session.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite.ts";
import { afterMs } from "./support/rewrite-shell.ts";

const tidyAfterMs = 300;

export const tellsBeforeCleanUp: Mutant = {
  name: "tells-before-clean-up",
  description: "Tells a leave first, and removes the mapping when there is time for it.",
  breaks: ["MAPPING-GONE-AT-NOTICE"],
  alsoBreaks: ["ROSTER-WITHOUT-LEAVER"],
  mutate(sound) {
    const told = new WeakSet<LiveSession>();
    return {
      perform(effect, live, hub) {
        if (isLeave(effect) && told.has(live)) return;
        const { mapping, cause } = live.session;
        if (effect.kind !== "remove" || mapping === null || cause === null) {
          sound.perform(effect, live, hub);
          return;
        }
        const leaves = announceLeave({ ...mapping, sessionsLeft: 0 }, cause, hub.config);
        for (const leave of leaves) sound.perform(leave, live, hub);
        told.add(live);
        afterMs(tidyAfterMs, () => sound.perform(effect, live, hub));
      },
    };
  },
};
