import type { Check, CheckKind, Evidence } from "../check.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { undueLeaves, type UndueLeave } from "../../history/leaves/undue-leaves.ts";
import { countsNotices } from "../../history/notice.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { fail, inconclusive, notApplicable, type Verdict } from "../verdict.ts";
import { ownReason } from "../../history/lateness.ts";
import { nothingMore } from "./listening.ts";
import { countOf, seconds } from "../../util/words.ts";

export const noLeaveTwiceKind = { id: "no-leave-twice", answers: "once" } as const satisfies CheckKind;

export const noFalseLeaveKind = {
  id: "no-false-leave",
  answers: "named",
  provesAbsence: true,
} as const satisfies CheckKind;

/** Checks that no observer receives the leave of a session again, also none of another case. */
export const noLeaveTwice = (): Check => absenceOf("again", noLeaveTwiceKind.id);

/**
 * Checks that no observer receives a false leave: of a living session, under a replaced name, or of a name that no case knows.
 */
export const noFalseLeave = (): Check => absenceOf("false", noFalseLeaveKind.id);

function absenceOf(kind: UndueLeave["kind"], name: string): Check {
  return {
    name,
    invariant: true,
    // Broken frames of another case can change a name. They can't send a leave a second time.
    countsInVoid: kind === "again",
    judge: (evidence) => {
      if (kind === "again" && !countsNotices(evidence.profile.notice)) return notApplicable(untellable);
      for (const undue of undueLeaves(evidence.events, evidence.profile)) {
        if (undue.kind === kind && !isSurplusOfSentinel(undue)) return judgeUndue(evidence, undue);
      }
      const [surplus] = kind === "again" ? ofKind(evidence.events, "overheard") : [];
      if (surplus !== undefined) return judgeSurplus(surplus);
      const repeated = kind === "again" ? ofKind(evidence.events, "leaves-repeated") : [];
      if (repeated.length > 0) return judgeRepeated(repeated);
      return nothingMore(evidence);
    },
  };
}

/** A sentinel ends last, so that it depends on the moment whether its second leave still arrives. */
const isSurplusOfSentinel = ({ kind, actor }: UndueLeave): boolean =>
  kind === "again" && actor !== undefined && isSentinel(actor);

const untellable = "the target's notices show who is present, not how often a client has left";

function judgeUndue(evidence: Evidence, { notice, kind, actor }: UndueLeave): Verdict {
  const { events, alone } = evidence;
  const named = notice.client === null ? "that names nobody" : `of "${notice.client}"`;
  if (notice.claimedBy === "nobody" && !alone) {
    return inconclusive(`a leave ${named}, which no case knows, may come from another case`);
  }
  const reason = sessionsOf(events)
    .filter((session) => personOf(session) === notice.client && livesAt(session, notice.index))
    .map((session) => ownReason(session, notice.atMs, evidence))
    .find((one) => one !== undefined);
  if (reason !== undefined) return inconclusive(reason);
  const received = `${notice.actor} received a leave ${named}${actor === undefined ? "" : ` (${actor})`}`;
  return kind === "again"
    ? fail("one leave for each session that ended", `${received} again`, evidenceOf(events, notice))
    : fail("no leave except those of ended sessions", received, evidenceOf(events, notice));
}

function judgeSurplus(surplus: EventOf<"overheard">): Verdict {
  const { index, actor, client, heard, sessions, by = `one actor of ${actor}`, quotes = [] } = surplus;
  const quoted = quotes.map(({ atMs, body }) => `${body} at ${seconds(atMs)}`).join(", ");
  return fail(
    `${countOf(sessions, "leave")} of "${client}" in the whole run`,
    `${by} received ${heard}${quoted === "" ? "" : `, among them ${quoted}`}`,
    [index],
  );
}

function judgeRepeated(repeated: readonly EventOf<"leaves-repeated">[]): Verdict {
  const reason = repeated[0]?.reason ?? "";
  return fail(
    "one leave for each session that ended",
    repeated.length === 1
      ? reason
      : `${countOf(repeated.length, "client")} were announced as gone more than once. The first: ${reason}`,
    repeated.map(({ index }) => index),
  );
}

/** Returns the leave itself and all earlier notices of that name at the same observer. */
function evidenceOf(
  events: readonly HistoryEvent[],
  { actor, client, index }: UndueLeave["notice"],
): number[] {
  return events.flatMap((e) =>
    e.kind === "notice" && e.actor === actor && e.client === client && e.index <= index ? [e.index] : [],
  );
}
