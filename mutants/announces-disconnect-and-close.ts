import type { Effect } from "../reference-server/flow/core/model.ts";
import { duplicateLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Announces a leave at DISCONNECT, and again when the connection closes.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: duplicateLeave,
  mutate(original) {
    const announced = new Map<string, Effect>();
    return {
      step(session, input, ...given) {
        const [next, effects] = original.step(session, input, ...given);
        const leave = effects.find(isLeave);
        if (leave?.notice.cause === "disconnect") announced.set(session.id, leave);
        const again = input.kind === "connection-ended" ? announced.get(session.id) : undefined;
        return [next, again === undefined ? effects : [...effects, again]];
      },
    };
  },
} satisfies MutantFile;
