import { withChanges } from "../reference-server/flow/core/model.ts";
import { noticeTopic } from "../reference-server/flow/core/notice.ts";
import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { runAfter, afterEvent } from "./support/rewrite-shell.ts";

const queueMs = 500;

function changeSubscriptions(live: LiveSession, change: (subscriptions: Map<string, string>) => void): void {
  if (live.session.phase !== "connected") return;
  const subscriptions = new Map(live.session.subscriptions);
  change(subscriptions);
  live.session = withChanges(live.session, { subscriptions });
}

export default {
  description: "Sends the RECEIPT for a SUBSCRIBE before the subscription is active.",
  breaks: ["CONFIRMED-SUBSCRIBER-HEARS"],
  alsoBreaks: union(["JOIN-BEFORE-LEAVE"], everyCause, anyMissingLeave),
  // The broker receives SUBSCRIBE through a queue, and the RECEIPT does not wait for the broker.
  mutate: (original) =>
    afterEvent(original, "session-subscribe", ({ subscription, destination }, live) => {
      if (destination !== noticeTopic) return;
      changeSubscriptions(live, (all) => void all.delete(subscription));
      runAfter(queueMs, () => changeSubscriptions(live, (all) => void all.set(subscription, destination)));
    }),
} satisfies MutantFile;
