import { ofKind } from "../../harness/history/events/events.ts";
import { actorOfCheck } from "../../harness/judge/check-kinds.ts";
import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";

/**
 * Returns the actor that a check is about. A check of all actors that fails is about the one whose notice is its last evidence. Undefined
 * where that is not known, as for a case without a timeline.
 */
export function subjectOf({ timeline = [] }: CaseRecord, check: CheckRecord): string | undefined {
  const named = actorOfCheck(check.check);
  if (named !== undefined || check.kind !== "fail") return named;
  const last = check.evidence.at(-1);
  const notice = ofKind(timeline, "notice").find(({ index }) => index === last);
  if (notice === undefined || notice.client === null) return undefined;
  return ofKind(timeline, "identify-sent").find(({ client }) => client === notice.client)?.actor;
}
