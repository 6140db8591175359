import type { Check, CheckKind, Evidence } from "../check.ts";
import { ofKind } from "../../history/events/events.ts";
import { expectedLeaves } from "../../history/leaves/expected-leaves.ts";
import { misnamedLeaves, type MisnamedLeave } from "../../history/leaves/misnamed-leaves.ts";
import { ownReason } from "../../history/lateness.ts";
import { isNoName, namesNobody } from "../../history/notice.ts";
import { livesAt, personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { quoted } from "./received-instead.ts";
import { seconds } from "../../util/words.ts";

export const leaveNamesLeaverKind = {
  id: "leave-names-leaver",
  answers: "named",
} as const satisfies CheckKind;

/**
 * Checks that no leave names somebody else than the client that left. The missing leave and the false one are then the same
 * failure, so that other checks that fail by one of them follow from this one.
 */
export const leaveNamesLeaver = (): Check => ({
  name: leaveNamesLeaverKind.id,
  judge: judgeNames,
  explains: explained,
});

function explained(evidence: Evidence): number[] {
  const misnamed = misnamedIn(evidence);
  const names = new Set(misnamed.map(({ notice }) => notice.client));
  // The bearer of the wrong name seems to have left twice.
  const overheard = ofKind(evidence.events, "overheard").filter(({ client }) => names.has(client));
  return [...misnamed.flatMap(({ end, notice }) => [end, notice]), ...overheard].map(({ index }) => index);
}

function judgeNames(evidence: Evidence): Verdict {
  const { events, profile } = evidence;
  if (namesNobody(profile.notice)) return notApplicable("the target's notices name nobody");
  const [misnamed] = misnamedIn(evidence);
  if (misnamed !== undefined) return judgeMisnamed(misnamed);
  const doubt = misnamedLeaves(events, profile)
    .map((one) => doubtAbout(one, evidence))
    .find((one) => one !== undefined);
  if (doubt !== undefined) return inconclusive(doubt);
  const named = expectedLeaves(events, profile).flatMap(({ leave }) => leave?.index ?? []);
  return named.length === 0 ? notApplicable("no leave came whose name could be judged") : pass(named);
}

const misnamedIn = (evidence: Evidence): MisnamedLeave[] =>
  misnamedLeaves(evidence.events, evidence.profile).filter((one) => doubtAbout(one, evidence) === undefined);

/** Returns another explanation of the leave; undefined without one. */
function doubtAbout({ session, notice }: MisnamedLeave, evidence: Evidence): string | undefined {
  const { sessionId } = session.opened;
  const showsSession = sessionId !== null && notice.body.includes(sessionId);
  if (notice.claimedBy === "nobody" && !evidence.alone && !showsSession)
    return "a leave under a name that no case knows may come from another case";
  return sessionsOf(evidence.events)
    .filter((other) => personOf(other) === notice.client && livesAt(other, notice.index))
    .map((other) => ownReason(other, notice.atMs, evidence))
    .find((reason) => reason !== undefined);
}

function judgeMisnamed({ session, end, observer, notice, named }: MisnamedLeave): Verdict {
  const given = notice.client;
  const bearer = given !== null && isNoName(given) ? quoted(given) : (given ?? "nobody");
  const whom =
    named ?? (given !== null && given === session.opened.sessionId ? `${given} (its session id)` : bearer);
  return fail(
    `the leave of ${session.actor} (${end.fault} at ${seconds(end.atMs)}) names ${session.actor}`,
    `the leave named ${whom}; the client that left was ${session.actor}: ${observer} received ${quoted(notice.body)} at ${seconds(notice.atMs)}`,
    [end.index, notice.index],
  );
}
