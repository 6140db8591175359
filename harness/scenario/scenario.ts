import type { Check } from "../judge/check.ts";
import type { Axes, Checks, JudgedCase } from "../judge/judged-case.ts";
import { whyNoPacketLoss } from "../network/packet-loss.ts";
import { namesInJson, namesNobody, namesSession, tellsEachLeave } from "../history/notice.ts";
import { whyNoCredentials, type CredentialNeed } from "./credential-needs.ts";
import { nobodyNamed, whyNotIdentified, type IdentifyNeed } from "./identify-needs.ts";
import { whyNotProbed, type ProbeNeed } from "./probe-needs.ts";
import type { Profile } from "../profile/profile.ts";
import { whyNoNamesOf, whyNoSharedCookies } from "./name-needs.ts";
import type { Stage } from "../stage/stage.ts";

/** Precondition of a scenario. A case whose needs are unmet is not applicable. */
export type Need =
  | ProbeNeed
  | IdentifyNeed
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
  /** The profile declares when the server notices a silent client without heartbeats. */
  | "silence-deadline"
  /** Names of letters in any script reach the target unchanged. */
  | "names-of-letters"
  /** Names of any characters do, including quotes, backslashes and line ends. */
  | "names-of-any-signs"
  /** Notices contain names as JSON, so that any text can be a name. */
  | "json-names"
  /** The server sends a notice for each leave, not a roster without the client. */
  | "leave-notices"
  /** A client can request the list of clients. */
  | "roster"
  /** The profile declares how long a connection without a CONNECT may stay. */
  | "connect-deadline"
  /** Clients with different names can have the same cookies. */
  | "shared-cookies"
  | CredentialNeed;

/** A value for all cases of a scenario, or a function of a case's axes. */
type PerCase<T> = T | ((axes: Axes) => T);

/** A stimulus and its checks. `run` acts and observes. The checks judge the history. */
export interface Scenario {
  /** Folder and file: `leave/fin`. */
  readonly id: string;
  readonly title: string;
  readonly needs?: PerCase<readonly Need[]>;
  /** Values by axis. Each possible combination is a case. */
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** Returns the reason why a combination is impossible for any target; undefined if it is possible. */
  readonly impossible?: (axes: Axes) => string | undefined;
  readonly run: (stage: Stage) => Promise<void>;
  /** Further preconditions besides the faults' witnesses. A case that lacks one is inconclusive. */
  readonly expects?: PerCase<readonly Check[]>;
  readonly checks: PerCase<Checks>;
  /** Each attempt plays another history. If only some fail, that is no sign of flakiness. */
  readonly isProperty?: boolean;
  /** The result depends on the order of concurrent events. The cases are run several times. */
  readonly races?: PerCase<boolean>;
  /**
   * Messages of other cases could change the result. The cases run on a shared instance of their own, or after all others if
   * hangup can't start one.
   */
  readonly needsQuiet?: boolean;
  /** No other client may send anything. Each case runs when all others have ended. */
  readonly needsSilence?: boolean;
  /** Time that each case waits, however fast the target is, in milliseconds. The quick tier has no such case. */
  readonly fixedWaitMs?: (profile: Profile) => number;
  /** The cases wait idle for up to a minute. They take no worker's place. */
  readonly waitsLong?: boolean;
  /**
   * A target may turn the client data of these cases into broken frames, which all clients on the topic receive. The cases run
   * after all others. One that does not pass is run again alone, and only that attempt counts.
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

/** A scenario with one value for each of its axes, with its needs and checks. */
export interface Case extends JudgedCase {
  readonly scenario: Scenario;
  readonly needs: readonly Need[];
}

/** A combination of a scenario's axes. `impossible` is the reason why it is no case; undefined if it is one. */
export interface Cell extends Case {
  readonly impossible: string | undefined;
}

/** Returns the case of a scenario for these values of its axes. */
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

/** Returns every combination of a scenario's axes, in the written order. */
export function cellsOf(scenario: Scenario): Cell[] {
  let combinations: Axes[] = [{}];
  for (const [axis, values] of Object.entries(scenario.axes ?? {})) {
    combinations = combinations.flatMap((axes) => values.map((value) => ({ ...axes, [axis]: value })));
  }
  return combinations.map((axes) => ({ ...caseOf(scenario, axes), impossible: scenario.impossible?.(axes) }));
}

/** Returns the cases of a scenario. */
export const casesOf = (scenario: Scenario): Case[] =>
  cellsOf(scenario).flatMap(({ impossible, ...one }) => (impossible === undefined ? [one] : []));

/** Returns true if a case has this need. */
export const needs = (one: Pick<Case, "needs">, need: Need): boolean => one.needs.includes(need);

/** Conditions on which needs depend. */
interface RunConditions {
  readonly profile: Profile;
  /** Reason why there is no browser; undefined if there is one. */
  readonly noBrowser: string | undefined;
  /** True if hangup can start an instance of the target for one case alone. */
  readonly canStartTarget: boolean;
}

/** Returns the first unmet need of a case, in words; undefined if all are met. */
export function unmetNeed({ needs: wanted, axes }: Case, circumstances: RunConditions): string | undefined {
  const { transport } = axes;
  const { transports } = circumstances.profile;
  if (transport !== undefined && transport !== "native" && !isAmong(transports, transport))
    return `the target does not take ${transport} (\`transports\`)`;
  for (const need of wanted) {
    const why = unmetReasons[need](circumstances);
    if (why !== undefined) return why;
  }
  return undefined;
}

const isAmong = (names: readonly string[], name: string): boolean => names.includes(name);

/** Returns for each need the reason why it is unmet; undefined if it is met. */
const unmetReasons: Readonly<Record<Need, (circumstances: RunConditions) => string | undefined>> = {
  browser: ({ noBrowser, profile }) => {
    if (noBrowser !== undefined) return noBrowser;
    return Object.keys(profile.headers).length > 0
      ? "a page can't send `headers`; if the target takes them there, use `cookies` or `query`"
      : undefined;
  },
  sockjs: ({ profile }) =>
    unless(
      profile.transport === "sockjs",
      "the target takes STOMP on a WebSocket, without SockJS (`transport`)",
    ),
  websocket: ({ profile }) =>
    unless(
      profile.transport === "native" || isAmong(profile.transports, "websocket"),
      "the target takes no WebSocket (`transports`)",
    ),
  "xhr-polling": ({ profile }) =>
    unless(isAmong(profile.transports, "xhr-polling"), "the target does not take xhr-polling (`transports`)"),
  "native-websocket": ({ profile: { transport, nativeWebSocket, notice } }) => {
    if (transport === "sockjs" && !nativeWebSocket)
      return "the target takes no STOMP on a WebSocket without SockJS (`nativeWebSocket`)";
    return unless(
      !namesSession(notice),
      "the target's notices name session ids, and a WebSocket without SockJS has none",
    );
  },
  heartbeats: ({ profile }) =>
    unless(profile.heartbeatMs > 0, "the profile offers no STOMP heartbeats (`heartbeatMs` is 0)"),
  signals: () => unless(process.platform !== "win32", "this system can't stop a process"),
  "own-target": ({ canStartTarget, profile: { start } }) =>
    unless(
      canStartTarget,
      start === undefined
        ? "it needs a server instance of its own: add `start` to the profile"
        : "it needs a server instance of its own, which `start` starts: leave out `--url`",
    ),
  "packet-loss": whyNoPacketLoss,
  "silence-deadline": ({ profile }) =>
    unless(
      profile.deadlines.silentMs !== undefined,
      "the profile declares no deadline for a silence without heartbeats (`deadlines.silentMs`)",
    ),
  grace: ({ profile }) =>
    unless(profile.graceMs > 0, "the profile declares no grace for reconnecting clients (`graceMs`)"),
  "identify-message": ({ profile }) => whyNotIdentified("identify-message", profile),
  "identify-step": ({ profile }) => whyNotIdentified("identify-step", profile),
  "free-subscriptions": ({ profile }) => whyNotIdentified("free-subscriptions", profile),
  "nobody-at-connect": ({ profile }) => whyNotIdentified("nobody-at-connect", profile),
  "names-of-letters": ({ profile }) => whyNoNamesOf("letters", profile),
  "names-of-any-signs": ({ profile }) => whyNoNamesOf("any-signs", profile),
  "told-session-id": ({ profile }) => whyNotIdentified("told-session-id", profile),
  "json-identify": ({ profile }) => whyNotIdentified("json-identify", profile),
  "json-names": ({ profile: { notice } }) => {
    if (namesNobody(notice)) return nobodyNamed;
    return unless(namesInJson(notice), "the target's notices contain names within plain text");
  },
  "leave-notices": ({ profile }) =>
    unless(
      tellsEachLeave(profile.notice),
      "the target announces leaves by rosters, and a client needs an earlier roster to see one",
    ),
  "named-notices": ({ profile }) => whyNotIdentified("named-notices", profile),
  "shared-cookies": ({ profile }) => whyNoSharedCookies(profile),
  "named-clients": ({ profile }) => whyNotIdentified("named-clients", profile),
  roster: ({ profile }) =>
    unless(
      profile.roster !== undefined,
      "the profile describes no request for the list of clients (`roster`)",
    ),
  "connect-deadline": ({ profile }) =>
    unless(
      profile.deadlines.connectMs !== undefined,
      "the profile declares no deadline for CONNECT (`deadlines.connectMs`)",
    ),
  refused: ({ profile }) => whyNoCredentials("refused", profile),
  expires: ({ profile }) => whyNoCredentials("expires", profile),
  logout: ({ profile }) => whyNoCredentials("logout", profile),
  probe: ({ profile }) => whyNotProbed("probe", profile),
  "connect-events": ({ profile }) => whyNotProbed("connect-events", profile),
  "frame-events": ({ profile }) => whyNotProbed("frame-events", profile),
  reconciliation: ({ profile }) => whyNotProbed("reconciliation", profile),
};

const unless = (isSo: boolean, why: string): string | undefined => (isSo ? undefined : why);
