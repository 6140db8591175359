import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { MutantFile } from "./support/mutant.ts";

const kept = 20;

export default {
  description: "Sends recent joins to every new subscriber, including joins of clients that have left.",
  breaks: ["GONE-STAYS-GONE"],
  alsoBreaks: ["RECONNECT-IDENTIFIES-ANEW", "REUSED-ID-NEW-IDENTITY"],
  // Like a broker that retains messages for later subscribers.
  mutate(original) {
    let joins: readonly { readonly body: string; readonly from: string }[] = [];
    return {
      perform(effect, live, context) {
        original.perform(effect, live, context);
        if (effect.kind === "announce" && effect.notice.event === "join") {
          joins = [...joins, { body: JSON.stringify(effect.notice), from: live.session.id }].slice(-kept);
        }
        if (effect.kind !== "publish" || effect.event.name !== "session-subscribe") return;
        const { destination } = effect.event;
        if (destination !== noticeTopic) return;
        for (const join of joins) live.dispatch({ kind: "deliver", destination, ...join });
      },
    };
  },
} satisfies MutantFile;
