import { announceLeave } from "../reference-server/flow/core/disconnect.ts";
import type { LiveSession } from "../reference-server/flow/live-session.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

const tidyAfterMs = 300;

export default {
  description: "Tells a leave first, and removes the mapping when there is time for it.",
  breaks: ["MAPPING-GONE-AT-NOTICE"],
  alsoBreaks: ["ROSTER-WITHOUT-LEAVER"],
  mutate(original) {
    const told = new WeakSet<LiveSession>();
    return {
      perform(effect, live, context) {
        if (isLeave(effect) && told.has(live)) return;
        const { mapping, cause } = live.session;
        if (effect.kind !== "remove" || mapping === null || cause === null) {
          original.perform(effect, live, context);
          return;
        }
        const leaves = announceLeave({ ...mapping, sessionsLeft: 0 }, cause, context.config);
        for (const leave of leaves) original.perform(leave, live, context);
        told.add(live);
        runAfter(tidyAfterMs, () => original.perform(effect, live, context));
      },
    };
  },
} satisfies MutantFile;
