import type { Check } from "./check.ts";
import { whyNoPacketLoss } from "./packet-loss.ts";
import { namesSession } from "./notice.ts";
import type { Profile } from "./profile.ts";
import { namesIn } from "./profile/template.ts";
import type { Stage } from "./stage.ts";

/** What a scenario can't do without. */
export type Need =
  | "browser"
  | "sockjs"
  | "native-websocket"
  | "heartbeats"
  | "signals"
  | "own-target"
  | "packet-loss"
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

/** Why a scenario can't be asked of this target on this machine; undefined when it can. */
export function unmetNeed(
  scenario: Scenario,
  { profile, noBrowser, canStartTarget }: Circumstances,
): string | undefined {
  for (const need of scenario.needs ?? []) {
    if (need === "browser" && noBrowser !== undefined) return noBrowser;
    if (need === "browser" && Object.keys(profile.headers).length > 0)
      return "a page can't send the headers that the profile wants";
    const { identify } = profile;
    const byMessage = identify.by === undefined || identify.by === "message";
    if (need === "identify-message" && !byMessage)
      return `the target knows who a client is by ${identify.by === "nothing" ? "nothing at all" : `its ${identify.by === "connect" ? "CONNECT" : "SUBSCRIBE"}`}`;
    if (need === "told-session-id" && !(byMessage && namesIn(identify.body).includes("sessionId")))
      return "the identify message holds no session id";
    if (need === "sockjs" && profile.transport !== "sockjs") return "the target does not speak SockJS";
    if (need === "native-websocket" && profile.transport === "sockjs" && !profile.nativeWebSocket)
      return "the target takes no STOMP straight on a WebSocket";
    if (need === "own-target" && !canStartTarget)
      return "it would stop the target, and nothing tells how to start one for it alone";
    if (need === "heartbeats" && profile.heartbeatMs === 0) return "the profile offers no STOMP heartbeats";
    if (need === "packet-loss") {
      const why = whyNoPacketLoss();
      if (why !== undefined) return why;
    }
    if (need === "native-websocket" && namesSession(profile.notice))
      return "the target's notices name session ids, and a native WebSocket has none";
    if (need === "signals" && process.platform === "win32") return "this system can't stop a process";
  }
  return undefined;
}
