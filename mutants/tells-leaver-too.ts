import type { Session } from "../reference-server/flow/core/model.ts";
import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import { onDeliver } from "../reference-server/flow/core/subscribe.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";
import { isLeave } from "./support/rewrite-core.ts";

/** Enough for the notice. */
const tellingMs = 100;

export default {
  description: "Sends the notice of a leave to the one who left, too, as long as its connection lasts.",
  breaks: ["LEAVER-NOT-TOLD"],
  alsoBreaks: [],
  mutate(original) {
    const asItLived = new Map<string, Session>();
    return {
      // Whoever half-closed is told through the other half, which stays open for that.
      ...rewriteSocketListener(original, (listener, socket) => {
        socket.removeAllListeners("end").once("end", () => {
          listener.ended("lost", "FIN");
          setTimeout(() => socket.end(), tellingMs);
        });
        return {};
      }),
      step(session, input, ...given) {
        const [next, effects] = original.step(session, input, ...given);
        if (next.phase === "ended" && session.phase !== "ended") asItLived.set(session.id, session);
        const leave = effects.find(isLeave);
        const leaver = asItLived.get(session.id);
        if (leave === undefined || leaver === undefined) return [next, effects];
        const body = JSON.stringify(leave.notice);
        const [, told] = onDeliver(leaver, { kind: "deliver", destination: noticeTopic, body, from: "" });
        return [next, [...effects, ...told]];
      },
    };
  },
} satisfies MutantFile;
