import type { Session } from "../reference-server/flow/core/model.ts";
import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import { onDeliver } from "../reference-server/flow/core/subscribe.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteSocketListener } from "./support/rewrite-transport.ts";
import { isLeave } from "./support/rewrite-core.ts";

/** Time for the notice to arrive. */
const tellingMs = 100;

export default {
  description: "Sends a leave to the leaver as well while its connection lasts.",
  breaks: ["LEAVER-NOT-TOLD"],
  alsoBreaks: [],
  mutate(original) {
    const asItLived = new Map<string, Session>();
    return {
      // A half-closed connection stays open long enough for the notice.
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
        const [, announced] = onDeliver(leaver, {
          kind: "deliver",
          destination: noticeTopic,
          body,
          from: "",
        });
        return [next, [...effects, ...announced]];
      },
    };
  },
} satisfies MutantFile;
