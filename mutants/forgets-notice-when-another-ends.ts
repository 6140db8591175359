import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { causes, union, untoldAnyhow } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite.ts";
import { afterMs } from "./support/rewrite-shell.ts";

const pauseMs = 20;

export const forgetsNoticeWhenAnotherEnds: Mutant = {
  name: "forgets-notice-when-another-ends",
  description:
    "Tells its clients of a leave one by one, and forgets the rest of them when another session ends.",
  breaks: ["ALL-AT-ONCE-ALL-TOLD"],
  alsoBreaks: union(causes, untoldAnyhow),
  mutate(sound) {
    let latest = 0;
    return {
      perform(effect, live, hub) {
        if (!isLeave(effect)) {
          sound.perform(effect, live, hub);
          return;
        }
        const own = (latest += 1);
        const rest = [...hub.sessions].reverse();
        const tellNext = () => {
          const [next] = rest.splice(0, 1);
          if (next === undefined || own !== latest) return;
          sound.perform(effect, live, { ...hub, sessions: new Map<string, LiveSession>([next]) });
          afterMs(pauseMs, tellNext);
        };
        tellNext();
      },
    };
  },
};
