import { withChanges } from "../reference-server/flow/core/model.ts";
import type { Effect } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Counts every CONNECT as a new session, even a second one on the same connection.",
  breaks: ["SECOND-CONNECT-NO-IDENTITY"],
  alsoBreaks: ["LEAVE-NOT-TWICE"],
  // Spring before 6.2.12 publishes its connect event again.
  mutate(original) {
    const connects = new Map<string, number>();
    return {
      step(session, input, ...given) {
        const { id, ref, phase, mapping } = session;
        const isConnect = input.kind === "frame" && input.frame.command === "CONNECT";
        const isAgain = isConnect && phase === "connected";
        if (isConnect) connects.set(id, (connects.get(id) ?? 0) + 1);
        const before = isAgain ? withChanges(session, { phase: "opened" }) : session;
        const [next, effects] = original.step(before, input, ...given);
        const announced: Effect[] = effects.flatMap((effect) =>
          isLeave(effect) ? Array.from({ length: connects.get(id) ?? 1 }, () => effect) : [effect],
        );
        if (isAgain && mapping !== null) {
          const { clientData } = mapping;
          announced.push({ kind: "announce", notice: { event: "join", ref, clientData } });
        }
        return [next, announced];
      },
    };
  },
} satisfies MutantFile;
