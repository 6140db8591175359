import type { Check } from "./check.ts";
import { whyNoPacketLoss } from "./packet-loss.ts";
import { namesSession } from "./notice.ts";
import { byMessage, type Profile } from "./profile.ts";
import { namesIn } from "./profile/template.ts";
import type { Stage } from "./stage.ts";

/** What a scenario can't do without. */
export type Need =
  | "browser"
  | "sockjs"
  | "websocket"
  | "xhr-polling"
  | "native-websocket"
  | "heartbeats"
  | "signals"
  | "own-target"
  | "packet-loss"
  | "grace"
  /** A client says who it is by a message, when and as often as it likes. */
  | "identify-message"
  /** That message holds the session id. */
  | "told-session-id";

/** A stimulus and its checks. It connects, disturbs, observes; the checks judge what was recorded. */
export interface Scenario {
  /** Folder and file: `leave/fin`. */
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  /** Each combination of their values becomes a case. */
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  readonly run: (stage: Stage) => Promise<void>;
  /** Preconditions beyond the witness that every fault needs anyway. Missing, they make the case inconclusive. */
  readonly expects?: readonly Check[];
  /** By requirement id. */
  readonly checks: Readonly<Record<string, readonly Check[]>>;
}

export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}

/** One run of a scenario, with one value for each of its axes. */
export interface Case {
  /** The scenario's id, and its axes in brackets where it has any. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly axes: Readonly<Record<string, string>>;
}

/** The cases of a scenario: every combination of its axes, in the order in which they are written. */
export function casesOf(scenario: Scenario): Case[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [axis, values] of Object.entries(scenario.axes ?? {})) {
    combinations = combinations.flatMap((axes) => values.map((value) => ({ ...axes, [axis]: value })));
  }
  return combinations.map((axes) => {
    const written = Object.entries(axes).map(([axis, value]) => `${axis}=${value}`);
    return {
      id: written.length === 0 ? scenario.id : `${scenario.id}[${written.join(",")}]`,
      scenario,
      axes,
    };
  });
}

/** Whether a case can't do without it. */
export const needs = ({ scenario }: Case, need: Need): boolean => scenario.needs?.includes(need) === true;

/** What decides whether a scenario can be asked. */
interface Circumstances {
  readonly profile: Profile;
  /** Why there is no browser; undefined when there is one. */
  readonly noBrowser: string | undefined;
  /** Whether an instance of the target can be started for one case alone. */
  readonly canStartTarget: boolean;
}

/** Why a case can't be asked of this target on this machine; undefined when it can. */
export function unmetNeed({ scenario, axes }: Case, circumstances: Circumstances): string | undefined {
  const { transport } = axes;
  const { transports } = circumstances.profile;
  if (transport !== undefined && transport !== "native" && !isAmong(transports, transport))
    return `the target does not take ${transport}`;
  for (const need of scenario.needs ?? []) {
    const why = whyNot(need, circumstances);
    if (why !== undefined) return why;
  }
  return undefined;
}

const isAmong = (names: readonly string[], name: string): boolean => names.includes(name);

function whyNot(need: Need, { profile, noBrowser, canStartTarget }: Circumstances): string | undefined {
  const { identify, notice, transport } = profile;
  switch (need) {
    case "browser":
      if (noBrowser !== undefined) return noBrowser;
      return Object.keys(profile.headers).length > 0
        ? "a page can't send the headers that the profile wants"
        : undefined;
    case "sockjs":
      return transport === "sockjs" ? undefined : "the target does not speak SockJS";
    case "websocket":
      if (transport === "native") return undefined;
      return isAmong(profile.transports, need) ? undefined : "the target takes no WebSocket";
    case "xhr-polling":
      return isAmong(profile.transports, need) ? undefined : `the target does not take ${need}`;
    case "native-websocket":
      if (transport === "sockjs" && !profile.nativeWebSocket)
        return "the target takes no STOMP straight on a WebSocket";
      return namesSession(notice)
        ? "the target's notices name session ids, and a native WebSocket has none"
        : undefined;
    case "heartbeats":
      return profile.heartbeatMs === 0 ? "the profile offers no STOMP heartbeats" : undefined;
    case "signals":
      return process.platform === "win32" ? "this system can't stop a process" : undefined;
    case "own-target":
      return canStartTarget
        ? undefined
        : "it would stop the target, and nothing tells how to start one for it alone";
    case "packet-loss":
      return whyNoPacketLoss();
    case "grace":
      return profile.graceMs > 0 ? undefined : "the profile declares no grace for those who come back";
    case "identify-message":
      if (byMessage(profile)) return undefined;
      return `the target knows who a client is by ${identify.by === "nothing" ? "nothing at all" : `its ${identify.by === "connect" ? "CONNECT" : "SUBSCRIBE"}`}`;
    case "told-session-id":
      return "body" in identify && namesIn(identify.body).includes("sessionId")
        ? undefined
        : "the identify message holds no session id";
  }
}
