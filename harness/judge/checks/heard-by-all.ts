import type { Check, CheckKind, Evidence } from "../check.ts";
import { expectedLeaves, isUnannounced } from "../../history/leaves/expected-leaves.ts";
import type { ExpectedLeave } from "../../history/leaves/matching.ts";
import { personOf, sessionsOf, type Session } from "../../history/sessions/sessions.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../verdict.ts";
import { heardSentinel } from "./listening.ts";
import { receivedInstead } from "./received-instead.ts";
import { seconds, unannounced, undeclared } from "../../util/words.ts";

export const heardByAllKind = {
  id: "heard-by-all",
  answers: "told",
  provesLeave: true,
  needsNotice: true,
} as const satisfies CheckKind;

/** Checks that every ready subscriber received the leave of each session of the actor that is due one, however late. */
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
      if (neverIdentified(evidence, actor))
        return notApplicable(
          "the profile declares no leave for clients that never identified (`unidentified`)",
        );
      const missing = expected.find(({ leave }) => leave === undefined);
      if (missing !== undefined) return judgeMissing(evidence, missing);
      return pass(expected.flatMap(({ leave }) => leave?.index ?? []));
    },
  };
}

/** Returns true where the actor left without having identified, and the profile declares no leave for that. */
function neverIdentified({ events, profile }: Evidence, actor: string): boolean {
  const ended = sessionsOf(events).filter((s) => s.actor === actor && s.end !== undefined);
  const known = ended.some((session) => personOf(session) !== undefined);
  return ended.length > 0 && !known && profile.unidentified !== "announced";
}

/** Longest time between a fault and its connection's end that a text gives as one time, in milliseconds. */
const momentMs = 100;

/** Returns words for a session's end. They have two times where the fault did not end the session at once. */
function endInWords(end: ExpectedLeave["end"], { closed }: Session): string {
  const later = closed !== undefined && closed.index > end.index && closed.atMs - end.atMs > momentMs;
  const fault = `${end.fault} at ${seconds(end.atMs)}`;
  return later ? `${fault}, connection closed at ${seconds(closed.atMs)}` : fault;
}

function judgeMissing({ events }: Evidence, { session, end, observer }: ExpectedLeave): Verdict {
  const waited = ofKind(events, "waited-out").find(({ index }) => index > end.index);
  if (waited === undefined || !heardSentinel(events, observer, waited.index)) {
    return inconclusive(
      `${observer} received no leave of ${session.actor}, but may not have been listening any more`,
    );
  }
  const instead = receivedInstead(events, observer, end.index);
  return fail(
    `${observer} receives the leave of ${session.actor} (${endInWords(end, session)})`,
    `${observer} received no leave by ${seconds(waited.atMs)}, although it received notices of a later session${instead.words}`,
    [end.index, ...instead.evidence, waited.index].sort((a, b) => a - b),
  );
}
