import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterLeave } from "./support/rewrite-shell.ts";

export default {
  description: "Removes two connections from its list when one is lost, and closes the other one.",
  breaks: ["OTHERS-STAY-CONNECTED"],
  alsoBreaks: falseEnd,
  mutate(original) {
    const closed = new WeakSet<LiveSession>();
    return afterLeave(original, ({ cause }, live, context) => {
      const all = [...context.sessions.values()];
      const neighbour = all[all.indexOf(live) - 1];
      if (cause !== "lost" || closed.has(live) || neighbour === undefined) return;
      closed.add(neighbour);
      neighbour.connection.close(1000, "");
    });
  },
} satisfies MutantFile;
