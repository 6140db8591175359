import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { isRefusal, isServerError } from "../../history/refusal.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/**
 * Checks that the target accepts every client that does what the profile says. Beside other cases, their number may be the reason for
 * a refusal, so only a refusal in a case alone counts. The target must have accepted another client and answered this one; otherwise it
 * may be gone.
 */
export function acceptsClients(): Check {
  return {
    name: "let-in",
    invariant: true,
    judge: ({ events, alone, trouble }) => {
      const others = ofKind(events, "connected");
      if (!isRefusal(trouble)) return pass(others.map(({ index }) => index));
      const refused = sessionsOf(events).findLast(({ connected }) => connected === undefined);
      const refusal = events.findLast(
        ({ kind, actor }) => actor === refused?.actor && (kind === "closed" || kind === "stomp-error"),
      );
      const isAnswered = refusal !== undefined || isServerError(trouble);
      if (!alone || others.length === 0 || !isAnswered) return inconclusive(trouble);
      const evidence = [refused?.opened, refusal, others.at(-1)].flatMap((event) => event?.index ?? []);
      return fail("the target accepts every client that does what the profile says", trouble, evidence);
    },
  };
}
