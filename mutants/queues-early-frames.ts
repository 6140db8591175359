import type { Input } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

const early: readonly string[] = ["SEND", "SUBSCRIBE"];

export default {
  description: "Queues frames that arrive before CONNECT, and processes them after CONNECT.",
  breaks: ["NOTHING-BEFORE-CONNECT"],
  alsoBreaks: [],
  mutate(original) {
    const queues = new Map<string, readonly Input[]>();
    return {
      step(session, input, ...given) {
        const queue = queues.get(session.id) ?? [];
        if (session.phase === "opened" && input.kind === "frame" && early.includes(input.frame.command)) {
          queues.set(session.id, [...queue, input]);
          return [session, []];
        }
        const first = original.step(session, input, ...given);
        if (session.phase !== "opened" || first[0].phase !== "connected") return first;
        return queue.reduce(([before, effects], waiting) => {
          const [next, more] = original.step(before, waiting, ...given);
          return [next, [...effects, ...more]];
        }, first);
      },
    };
  },
} satisfies MutantFile;
