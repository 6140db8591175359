import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { MutantFile } from "./support/mutant.ts";
import { afterEvent } from "./support/rewrite-shell.ts";

export default {
  description: "Makes a fresh entry for a session when it subscribes, without what it had said of itself.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: [],
  mutate: (original) =>
    afterEvent(original, "session-subscribe", ({ destination }, live, context) => {
      if (destination === noticeTopic) context.store.remove(live.session.id).catch(() => undefined);
    }),
} satisfies MutantFile;
