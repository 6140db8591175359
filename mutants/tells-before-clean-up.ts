import { announceLeave } from "../reference-server/flow/core/disconnect.ts";
import type { LiveSession } from "../reference-server/flow/live-session.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

const tidyAfterMs = 300;

export default {
  description: "Announces a leave before it removes the mapping.",
  breaks: ["MAPPING-GONE-AT-NOTICE"],
  alsoBreaks: ["ROSTER-WITHOUT-LEAVER"],
  mutate(original) {
    const announced = new WeakSet<LiveSession>();
    return {
      perform(effect, live, context) {
        if (isLeave(effect) && announced.has(live)) return;
        const { mapping, cause } = live.session;
        if (effect.kind !== "remove" || mapping === null || cause === null) {
          original.perform(effect, live, context);
          return;
        }
        const leaves = announceLeave({ ...mapping, sessionsLeft: 0 }, cause, context.config);
        for (const leave of leaves) original.perform(leave, live, context);
        announced.add(live);
        runAfter(tidyAfterMs, () => original.perform(effect, live, context));
      },
    };
  },
} satisfies MutantFile;
