import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { Mutant } from "./support/mutant.ts";
import { afterEvent } from "./support/rewrite-shell.ts";

export const subscribeForgetsIdentity: Mutant = {
  name: "subscribe-forgets-identity",
  description: "Makes a fresh entry for a session when it subscribes, without what it had said of itself.",
  breaks: ["IDENTIFY-ANY-ORDER"],
  alsoBreaks: [],
  mutate: (original) =>
    afterEvent(original, "session-subscribe", ({ destination }, live, context) => {
      if (destination === noticeTopic) context.store.remove(live.session.id).catch(() => undefined);
    }),
};
