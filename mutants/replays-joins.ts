import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { MutantFile } from "./support/mutant.ts";

const kept = 20;

export default {
  description: "Tells each new subscriber the last joins, also of those who have left since.",
  breaks: ["GONE-STAYS-GONE"],
  alsoBreaks: ["RECONNECT-IDENTIFIES-ANEW", "REUSED-ID-NEW-IDENTITY"],
  // A broker that keeps messages for those who come later.
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
