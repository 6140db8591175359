import { announcesEarlierSessions } from "../history/sessions/windows.ts";
import type { Profile } from "../profile/profile.ts";

/** Need that only a profile with a probe or a restart can meet. */
export type ProbeNeed =
  /** The probe tells how many mappings are stored. */
  | "probe"
  /** The probe tells the headers in the event of a CONNECT. */
  | "connect-events"
  /** The probe tells the frames that an interceptor has seen. */
  | "frame-events"
  /** A killed target visibly removes its stored sessions after a restart, within a declared time. */
  | "reconciliation";

/** Returns the reason why the profile does not meet the need; undefined if it does. */
export function whyNotProbed(need: ProbeNeed, profile: Profile): string | undefined {
  const { probe, deadlines } = profile;
  switch (need) {
    case "probe":
      return probe === undefined ? "the profile describes no `probe`" : undefined;
    case "connect-events":
    case "frame-events": {
      const told = probe?.events?.[need === "connect-events" ? "connect" : "frame"];
      // No event helps where none can be told apart.
      if (profile.transport === "native")
        return "the probe's events are told apart by session ids, and a WebSocket without SockJS has none";
      return told === undefined
        ? `the profile describes no probe that tells of ${need === "connect-events" ? "CONNECT" : "frames"} (\`probe.events\`)`
        : undefined;
    }
    case "reconciliation":
      if (deadlines.reconcileMs === undefined)
        return "the profile declares no deadline for reconciling after a crash (`deadlines.reconcileMs`)";
      return announcesEarlierSessions(profile) || probe !== undefined || showsRoster(profile)
        ? undefined
        : "the target reconciles silently, and the profile describes neither a `probe` nor a `roster`";
  }
}

const showsRoster = ({ roster, notice }: Profile): boolean =>
  roster !== undefined || notice.roster !== undefined;
