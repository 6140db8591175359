import { announcesEarlierSessions } from "../history/sessions/windows.ts";
import type { Profile } from "../profile/profile.ts";

/** What only a profile that describes a probe, or a restart, allows to be asked. */
export type ProbeNeed =
  /** It is told how many mappings are stored. */
  | "probe"
  /** It is told what the event of a CONNECT carried. */
  | "connect-events"
  /** It is told what an interceptor has seen. */
  | "frame-events"
  /** A target that was killed gets rid of what it had stored, in a way that shows, in a declared time. */
  | "reconciliation";

/** Why a target of that profile can't be asked; undefined where it can. */
export function whyNotProbed(need: ProbeNeed, profile: Profile): string | undefined {
  const { probe, deadlines } = profile;
  switch (need) {
    case "probe":
      return probe === undefined ? "the profile describes no `probe`" : undefined;
    case "connect-events":
    case "frame-events": {
      const told = probe?.events?.[need === "connect-events" ? "connect" : "frame"];
      if (told === undefined)
        return `the profile describes no probe that tells of ${need === "connect-events" ? "CONNECT" : "frames"} (\`probe.events\`)`;
      return profile.transport === "native"
        ? "the probe's events are told apart by session ids, and a native WebSocket has none"
        : undefined;
    }
    case "reconciliation":
      if (deadlines.reconcileMs === undefined)
        return "the profile declares no time in which a target that was killed is reconciled (`deadlines.reconcileMs`)";
      return announcesEarlierSessions(profile) || probe !== undefined
        ? undefined
        : "what is reconciled is not announced, and the profile describes no `probe`";
  }
}
