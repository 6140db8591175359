import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";
import { runAfter } from "./support/rewrite-shell.ts";

const pauseMs = 20;

export default {
  description: "Sends a leave to its clients one by one, and stops when another session ends.",
  breaks: ["ALL-AT-ONCE-ALL-TOLD"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  mutate(original) {
    let latest = 0;
    return {
      perform(effect, live, context) {
        if (!isLeave(effect)) {
          original.perform(effect, live, context);
          return;
        }
        const own = (latest += 1);
        const rest = [...context.sessions].reverse();
        const tellNext = () => {
          const [next] = rest.splice(0, 1);
          if (next === undefined || own !== latest) return;
          original.perform(effect, live, { ...context, sessions: new Map<string, LiveSession>([next]) });
          runAfter(pauseMs, tellNext);
        };
        tellNext();
      },
    };
  },
} satisfies MutantFile;
