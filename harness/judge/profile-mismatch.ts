import { isProbe } from "../history/probe-message.ts";
import type { HistoryEvent } from "../history/history.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";

/** Checks that fail where a message that is due is missing. A profile that describes it wrongly makes them fail, too. */
const failWithoutMessage = ["heard-by-all", "joined-once-each"];

const beginning = "No leave in the whole run matched the profile's `notice`";

/** Whether a run's note is of this file. */
export const isOfFit = (note: string): boolean => note.startsWith(beginning);

/** How many characters of a message are quoted at most. */
const quotedMax = 160;

/**
 * Returns why a run's failures may be the profile's fault: no leave matched the profile, and either no join did, or
 * messages about the same clients arrived after the ends that match nothing. Undefined where a leave matched, or a check failed that needs no
 * notice.
 * @param failed the failures that would make the run nonconformant
 */
export function whyNothingMatched(
  cases: readonly CaseRecord[],
  failed: readonly CheckRecord[],
): string | undefined {
  if (failed.length === 0 || !failed.every(needsMessage)) return undefined;
  const timelines = cases.flatMap(({ timeline }) => (timeline === undefined ? [] : [timeline]));
  const heard = (event: "join" | "leave") =>
    timelines.some((events) =>
      events.some((e) => e.kind === "notice" && e.event === event && e.claimedBy === "this-case"),
    );
  if (heard("leave") || cases.some(({ detections }) => detections.length > 0)) return undefined;
  const unread = timelines.flatMap(unreadAfterEnds);
  const mend = "`hangup doctor` with the same profile shows what comes and how to describe it.";
  if (unread.length > 0)
    return `${beginning}, and messages came after sessions had ended that match nothing, such as ${unread[0] ?? ""}: the profile may be wrong, so that the failures prove nothing. ${mend}`;
  return heard("join")
    ? undefined
    : `${beginning}, and no join did: the profile may be wrong, so that the failures prove nothing. ${mend}`;
}

const needsMessage = ({ check }: CheckRecord): boolean =>
  failWithoutMessage.some((name) => check.startsWith(name));

/**
 * Quotes the messages that came after the first end of a session, name one of the case's clients, and match nothing.
 * Messages that name no client may belong to other cases.
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
