import type { Check, CheckKind, Evidence } from "../check.ts";
import { expectedLeaves, isUnannounced } from "../../history/leaves/expected-leaves.ts";
import type { ExpectedLeave } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { heardSentinel } from "./listening.ts";
import { whatCame } from "./received-instead.ts";
import { seconds, unannounced, undeclared } from "../../util/words.ts";

export const heardByAllKind = {
  id: "heard-by-all",
  answers: "told",
  provesLeave: true,
  needsNotice: true,
} as const satisfies CheckKind;

/** Every subscriber that was ready hears of the end of each of the actor's sessions that is due one, however late. */
export function heardByAll(actor: string): Check {
  return {
    name: `${heardByAllKind.id}(${actor})`,
    judge: (evidence) => {
      if (isUnannounced(evidence.events, evidence.profile, actor)) return notApplicable(unannounced);
      const expected = expectedLeaves(evidence.events, evidence.profile).filter(
        ({ session }) => session.actor === actor,
      );
      if (expected.some(({ window }) => window === undefined)) {
        return notApplicable(undeclared);
      }
      if (isUntold(evidence, actor))
        return notApplicable("nothing is declared to tell of those who never said who they are");
      const missing = expected.find(({ leave }) => leave === undefined);
      if (missing !== undefined) return judgeMissing(evidence, missing);
      return pass(expected.flatMap(({ leave }) => leave?.index ?? []));
    },
  };
}

/** Whether all that is known of the actor is that it left without having said who it is. */
function isUntold({ events, profile }: Evidence, actor: string): boolean {
  const ended = sessionsOf(events).filter((s) => s.actor === actor && s.end !== undefined);
  const known = ended.some((session) => personOf(session) !== undefined);
  return ended.length > 0 && !known && profile.unidentified !== "announced";
}

/** Shorter than this, its fault and the connection's end are one moment to a reader, in milliseconds. */
const momentMs = 100;

/** A session that its fault did not end at once left later than that. */
function endInWords(end: ExpectedLeave["end"], { closed }: Session): string {
  const later = closed !== undefined && closed.index > end.index && closed.atMs - end.atMs > momentMs;
  const fault = `${end.fault} at ${seconds(end.atMs)}`;
  return later ? `${fault}, connection closed at ${seconds(closed.atMs)}` : fault;
}

function judgeMissing({ events }: Evidence, { session, end, observer }: ExpectedLeave): Verdict {
  const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
  if (waited === undefined || !heardSentinel(events, observer, waited.index)) {
    return inconclusive(
      `${observer} heard no leave of ${session.actor}, but it is not certain that it was still listening`,
    );
  }
  const came = whatCame(events, observer, end.index);
  return fail(
    `${observer} hears that ${session.actor} has left (${endInWords(end, session)})`,
    `${observer} heard nothing of it until ${seconds(waited.atMs)}, and did hear a later session come${came.words}`,
    [end.index, ...came.evidence, waited.index].sort((a, b) => a - b),
  );
}
