import type { Check } from "../judge/check.ts";
import type { Axes, Checks, JudgedCase } from "../judge/judged-case.ts";
import { whyNoPacketLoss } from "../network/packet-loss.ts";
import { namesInJson, namesNobody, namesSession, tellsEachLeave } from "../history/notice.ts";
import { whyNotProbed, type ProbeNeed } from "./probe-needs.ts";
import type { Profile } from "../profile/profile.ts";
import { whyNoNamesOf } from "./name-needs.ts";
import { namesIn } from "../profile/template.ts";
import type { Stage } from "../stage/stage.ts";

/** What a scenario can't do without. */
export type Need =
  | ProbeNeed
  /** Notices name what a client says of itself, not its session id. */
  | "named-clients"
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
  /** It is declared when silence is noticed that no heartbeat betrays. */
  | "silence-deadline"
  /** A client says who it is by a message, when and as often as it likes. */
  | "identify-message"
  /** To subscribe says nothing of who a client is. */
  | "free-subscriptions"
  /** A client that has connected is nobody yet. */
  | "nobody-at-connect"
  /** Names of letters in any script reach the target as they are. */
  | "names-of-letters"
  /** Names of any signs do, also quotes, backslashes and line ends. */
  | "names-of-any-signs"
  /** That message is a JSON object that holds who the client is. */
  | "json-identify"
  /** Notices hold names as JSON, so that any text can be one. */
  | "json-names"
  /** Leaves are told as such, not by lists in which somebody is missing. */
  | "leave-notices"
  /** Who comes later can ask who is there. */
  | "roster"
  /** It is declared how long a connection without a CONNECT may stay. */
  | "connect-deadline"
  /** That message holds the session id. */
  | "told-session-id"
  /** Notices name somebody. */
  | "named-notices";

/** The same for each case of a scenario, or by its axes. */
type PerCase<T> = T | ((axes: Axes) => T);

/** A stimulus and its checks. It connects, disturbs, observes; the checks judge what was recorded. */
export interface Scenario {
  /** Folder and file: `leave/fin`. */
  readonly id: string;
  readonly title: string;
  readonly needs?: PerCase<readonly Need[]>;
  /** Each combination of their values becomes a case, unless it is impossible. */
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** Why there can't be such a combination, of any target; undefined where there can. */
  readonly impossible?: (axes: Axes) => string | undefined;
  readonly run: (stage: Stage) => Promise<void>;
  /** Preconditions beyond the witness that every fault needs anyway. Missing, they make the case inconclusive. */
  readonly expects?: PerCase<readonly Check[]>;
  readonly checks: PerCase<Checks>;
  /** Each attempt plays a history of its own: that some fail and others do not is then no sign of flakiness. */
  readonly isProperty?: boolean;
  /** What its cases ask depends on what comes first by chance. They are run several times. */
  readonly races?: PerCase<boolean>;
  /**
   * What it asks could depend on what other cases send. Its cases run on an instance that they share, or, where none can be
   * started, after all others.
   */
  readonly needsQuiet?: boolean;
  /** Its cases wait for up to a minute in which they do nothing. They run beside the others and take no place from them. */
  readonly waitsLong?: boolean;
  /**
   * A target may make broken frames of what its cases say, which every client on the shared topic then gets. They run when all
   * others are over; one that does not pass is run once more, by itself, and only that counts.
   */
  readonly mayBreakFrames?: boolean;
}

/** Scenario as its file defines it. Its path below `scenarios/` is its id. */
export type ScenarioDefinition = Omit<Scenario, "id">;

export function defineScenario(scenario: Scenario): Scenario;
export function defineScenario(scenario: ScenarioDefinition): ScenarioDefinition;
export function defineScenario(scenario: ScenarioDefinition): ScenarioDefinition {
  return scenario;
}

/** One run of a scenario, with one value for each of its axes, and what that asks. */
export interface Case extends JudgedCase {
  readonly scenario: Scenario;
  readonly needs: readonly Need[];
}

/** One combination of a scenario's axes. `impossible` says why it is no case; undefined where it is one. */
export interface Cell extends Case {
  readonly impossible: string | undefined;
}

/** A scenario with these values for its axes. */
export function caseOf(scenario: Scenario, axes: Axes = {}): Case {
  const { id, needs = [], expects = [], checks, races = false } = scenario;
  const written = Object.entries(axes).map(([axis, value]) => `${axis}=${value}`);
  return {
    id: written.length === 0 ? id : `${id}[${written.join(",")}]`,
    scenario,
    axes,
    needs: typeof needs === "function" ? needs(axes) : needs,
    expects: typeof expects === "function" ? expects(axes) : expects,
    checks: typeof checks === "function" ? checks(axes) : checks,
    races: typeof races === "function" ? races(axes) : races,
  };
}

/** Every combination of a scenario's axes, in the order in which they are written. */
export function cellsOf(scenario: Scenario): Cell[] {
  let combinations: Axes[] = [{}];
  for (const [axis, values] of Object.entries(scenario.axes ?? {})) {
    combinations = combinations.flatMap((axes) => values.map((value) => ({ ...axes, [axis]: value })));
  }
  return combinations.map((axes) => ({ ...caseOf(scenario, axes), impossible: scenario.impossible?.(axes) }));
}

/** The cases of a scenario. */
export const casesOf = (scenario: Scenario): Case[] =>
  cellsOf(scenario).flatMap(({ impossible, ...one }) => (impossible === undefined ? [one] : []));

/** Whether a case can't do without it. */
export const needs = (one: Pick<Case, "needs">, need: Need): boolean => one.needs.includes(need);

/** What decides whether a scenario can be asked. */
interface Circumstances {
  readonly profile: Profile;
  /** Why there is no browser; undefined when there is one. */
  readonly noBrowser: string | undefined;
  /** Whether an instance of the target can be started for one case alone. */
  readonly canStartTarget: boolean;
}

/** Why a case can't be asked of this target on this machine; undefined when it can. */
export function unmetNeed({ needs: wanted, axes }: Case, circumstances: Circumstances): string | undefined {
  const { transport } = axes;
  const { transports } = circumstances.profile;
  if (transport !== undefined && transport !== "native" && !isAmong(transports, transport))
    return `the target does not take ${transport}`;
  for (const need of wanted) {
    const why = whyNot[need](circumstances);
    if (why !== undefined) return why;
  }
  return undefined;
}

const isAmong = (names: readonly string[], name: string): boolean => names.includes(name);

/** Why what a scenario needs is not there; undefined where it is. */
const whyNot: Readonly<Record<Need, (circumstances: Circumstances) => string | undefined>> = {
  browser: ({ noBrowser, profile }) => {
    if (noBrowser !== undefined) return noBrowser;
    return Object.keys(profile.headers).length > 0
      ? "a page can't send the headers that the profile wants"
      : undefined;
  },
  sockjs: ({ profile }) => unless(profile.transport === "sockjs", "the target does not speak SockJS"),
  websocket: ({ profile }) =>
    unless(
      profile.transport === "native" || isAmong(profile.transports, "websocket"),
      "the target takes no WebSocket",
    ),
  "xhr-polling": ({ profile }) =>
    unless(isAmong(profile.transports, "xhr-polling"), "the target does not take xhr-polling"),
  "native-websocket": ({ profile: { transport, nativeWebSocket, notice } }) => {
    if (transport === "sockjs" && !nativeWebSocket)
      return "the target takes no STOMP straight on a WebSocket";
    return unless(
      !namesSession(notice),
      "the target's notices name session ids, and a native WebSocket has none",
    );
  },
  heartbeats: ({ profile }) => unless(profile.heartbeatMs > 0, "the profile offers no STOMP heartbeats"),
  signals: () => unless(process.platform !== "win32", "this system can't stop a process"),
  "own-target": ({ canStartTarget }) =>
    unless(canStartTarget, "it needs a server instance of its own: add `start` to the profile"),
  "packet-loss": whyNoPacketLoss,
  "silence-deadline": ({ profile }) =>
    unless(
      profile.deadlines.silentMs !== undefined,
      "the profile declares no deadline for a silence without heartbeats (`deadlines.silentMs`)",
    ),
  grace: ({ profile }) =>
    unless(profile.graceMs > 0, "the profile declares no grace for those who come back"),
  "identify-message": ({ profile }) => {
    const { by = "message" } = profile.identify;
    const otherwise = { connect: "its CONNECT", subscribe: "its SUBSCRIBE", nothing: "nothing at all" };
    return by === "message" ? undefined : `the target knows who a client is by ${otherwise[by]}`;
  },
  "free-subscriptions": ({ profile }) =>
    profile.announced === "subscribers"
      ? "the target announces only clients that have subscribed"
      : unless(profile.identify.by !== "subscribe", "the target knows who a client is by its SUBSCRIBE"),
  "nobody-at-connect": ({ profile: { identify } }) => {
    if (identify.by === "connect") return "the target knows who a client is by its CONNECT";
    return unless(identify.by !== "nothing", "the target knows who a client is by nothing at all");
  },
  "names-of-letters": ({ profile }) => whyNoNamesOf("letters", profile),
  "names-of-any-signs": ({ profile }) => whyNoNamesOf("any-signs", profile),
  "told-session-id": ({ profile: { identify } }) =>
    unless(
      "body" in identify && namesIn(identify.body).includes("sessionId"),
      "the identify message holds no session id",
    ),
  "json-identify": ({ profile: { identify } }) =>
    unless(
      "body" in identify && typeof identify.body === "object" && namesIn(identify.body).includes("client"),
      "the target is told who a client is by no message of JSON",
    ),
  "json-names": ({ profile }) =>
    unless(namesInJson(profile.notice), "the target's notices hold names within a text"),
  "leave-notices": ({ profile }) =>
    unless(
      tellsEachLeave(profile.notice),
      "the target tells of a leave by a list, which says nothing to one who has heard none before",
    ),
  "named-notices": ({ profile }) => unless(!namesNobody(profile.notice), "the target's notices name nobody"),
  "named-clients": ({ profile: { notice } }) =>
    unless(
      !namesNobody(notice) && !namesSession(notice),
      "the target's notices do not name what a client says of itself",
    ),
  roster: ({ profile }) =>
    unless(profile.roster !== undefined, "the profile describes no roster to ask for (`roster`)"),
  "connect-deadline": ({ profile }) =>
    unless(
      profile.deadlines.connectMs !== undefined,
      "the profile declares no time until which CONNECT has to come (`deadlines.connectMs`)",
    ),
  probe: ({ profile }) => whyNotProbed("probe", profile),
  "connect-events": ({ profile }) => whyNotProbed("connect-events", profile),
  "frame-events": ({ profile }) => whyNotProbed("frame-events", profile),
  reconciliation: ({ profile }) => whyNotProbed("reconciliation", profile),
};

const unless = (isSo: boolean, why: string): string | undefined => (isSo ? undefined : why);
