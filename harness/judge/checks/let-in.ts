import type { Check } from "../check.ts";
import { sessionsOf } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { isRefusal, isServerError } from "../../history/refusal.ts";
import { fail, inconclusive, pass } from "../verdict.ts";

/**
 * The target lets in every client that does what the profile says. Beside other cases a refusal may be due to their number,
 * so that only one in a case alone counts. A target that is gone lets nobody in either: it has to have let in another client,
 * and to have answered this one.
 */
export function letIn(): Check {
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
      return fail("every client is let in that does what the profile says", trouble, evidence);
    },
  };
}
