import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent } from "./support/rewrite-shell.ts";

export default {
  description: "Creates a new entry for a session at SUBSCRIBE, and loses its client data.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: [],
  mutate: (original) =>
    afterEvent(original, "session-subscribe", ({ destination }, live, context) => {
      if (destination === noticeTopic) context.store.remove(live.session.id).catch(() => undefined);
    }),
} satisfies MutantFile;
