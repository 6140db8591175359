import { kindOfCheck } from "./check-kinds.ts";
import { isProbe } from "../history/probe-message.ts";
import type { HistoryEvent } from "../history/events/events.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";

const beginning = "No leave in the whole run matched the profile's `notice`";

/** Returns true for a note that `profileMismatch` made. */
export const isProfileMismatch = (note: string): boolean => note.startsWith(beginning);

/** Maximal length of a quotation, in characters. */
const quotedMax = 160;

/**
 * Returns a note for a run whose failures may come from its profile: no leave matched the profile, and either no join did, or
 * messages about the same clients arrived after the ends and matched nothing. Undefined where a leave matched, or where a check
 * failed that needs no notice.
 * @param failed the failures that would make the run nonconformant
 */
export function profileMismatch(
  cases: readonly CaseRecord[],
  failed: readonly CheckRecord[],
): string | undefined {
  if (failed.length === 0 || !failed.every(({ check }) => kindOfCheck(check).needsNotice)) return undefined;
  const timelines = cases.flatMap(({ timeline }) => (timeline === undefined ? [] : [timeline]));
  const received = (event: "join" | "leave") =>
    timelines.some((events) =>
      events.some((e) => e.kind === "notice" && e.event === event && e.claimedBy === "this-case"),
    );
  if (received("leave") || cases.some(({ detections }) => detections.length > 0)) return undefined;
  const unread = timelines.flatMap(unreadAfterEnds);
  const fix = "`hangup doctor` with the same profile shows which messages arrive and how to describe them.";
  if (unread.length > 0)
    return `${beginning}, and messages that match nothing arrived after sessions had ended, such as ${unread[0] ?? ""}. The profile may be wrong, so the failures prove nothing. ${fix}`;
  return received("join")
    ? undefined
    : `${beginning}, and no join did. The profile may be wrong, so the failures prove nothing. ${fix}`;
}

/**
 * Quotes the messages that arrived after the first end of a session, contain a name of the case's clients, and match nothing.
 * Messages without such a name may belong to other cases.
 */
function unreadAfterEnds(events: readonly HistoryEvent[]): string[] {
  const from = events.find((e) => e.kind === "fault-injected" && e.ends !== "not")?.index ?? Infinity;
  const names = events.flatMap((e) => (e.kind === "identify-sent" ? [e.client] : []));
  return events.flatMap((event) => {
    if (event.index < from || event.kind !== "message" || isProbe(event.body)) return [];
    const { body } = event;
    return names.some((name) => body.includes(name)) ? [JSON.stringify(body.slice(0, quotedMax))] : [];
  });
}
