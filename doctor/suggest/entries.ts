import { profileSchema, type ProfileInput } from "../../harness/profile/profile.ts";
import { sockJsTransports, traitsOf } from "../../harness/profile/transports.ts";
import { isTooShort } from "../ask/silence.ts";
import { asGiven, type ProfileEntry } from "./draft.ts";
import type { Look } from "../ask/look.ts";
import type { Policy } from "../watch/policy.ts";
import type { Reached } from "../ask/reach.ts";
import type { WatchedNotices } from "../watch/watched-notices.ts";
import type { WholeSessions } from "../watch/whole-sessions.ts";
import { seconds } from "../wire/words.ts";

/** All results about a target. */
export interface TargetFacts extends WatchedNotices {
  readonly target: URL;
  readonly given: ProfileInput;
  readonly native: boolean;
  readonly reached: Reached;
  readonly look: Look;
  readonly policy?: Policy | undefined;
  /** Topics given beside the profile, the most important first. */
  readonly topics?: readonly string[];
  /** Undefined if no whole session could be tried. */
  readonly sessions?: WholeSessions | undefined;
}

/** Heartbeat period that silence scenarios offer if the target allows it, in milliseconds. */
const heartbeatMs = 1_000;

/** Defaults of a profile. A default needs no entry. */
const usual = { endedMs: 1_000, httpEndedMs: 6_500, silenceIntervals: 3 };

/**
 * Returns the entries of a profile for the target, in reading order. Given entries stay as they are, except a `heartbeatMs` of 0 for a
 * target that asks for heartbeats by now: the new entry says so.
 */
export function entriesOf(learned: TargetFacts): ProfileEntry[] {
  const isKept = ([key]: readonly [string, unknown]) => key !== "heartbeatMs" || !isOutdated(learned);
  const given: ProfileInput = Object.fromEntries(Object.entries(learned.given).filter(isKept));
  const found = [
    ...ofAddress(learned),
    ...ofTopic(learned),
    ...ofIdentify(learned),
    ...ofNotice(learned),
    ...ofPolicy(learned),
    ...ofTimes(learned),
  ].filter(({ key }) => given[key] === undefined);
  const own = Object.entries(given).map(
    ([key, value]) => ({ key: key as keyof ProfileInput, value, why: asGiven }) satisfies ProfileEntry,
  );
  return [...own, ...found].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

/** Returns true for a given `heartbeatMs` of 0 on a target that asks for heartbeats. */
const isOutdated = (learned: TargetFacts): boolean =>
  learned.given.heartbeatMs === 0 && wantedMsOf(learned) > 0;

const order = Object.keys(profileSchema.shape);

function ofAddress({ target, native, reached, look, sessions }: TargetFacts): ProfileEntry[] {
  const entries: ProfileEntry[] = [
    { key: "name", value: target.host, why: "name in reports; any name will do" },
    { key: "url", value: target.href, why: "the examined address" },
  ];
  if (native)
    entries.push({
      key: "transport",
      value: "native",
      why: "STOMP straight on a WebSocket; no SockJS answers there",
    });
  // stompjs always offers the subprotocols.
  const tried = sessions?.native ?? look.subprotocol?.offered;
  if (!native && reached.kind === "sockjs" && isAdmitted(look) && tried !== undefined && !tried.works)
    entries.push({
      key: "nativeWebSocket",
      value: false,
      why: `{url}/websocket does not take STOMP: ${tried.why}`,
    });
  const transports = native ? undefined : transportsOf(look, sessions, target);
  if (transports !== undefined)
    entries.push({ key: "transports", value: transports, why: proofOf(sessions) });
  return entries;
}

/** Returns false for a target that refused CONNECT everywhere, which shows nothing about transports. */
const isAdmitted = ({ transports }: Look): boolean =>
  Object.values(transports ?? {}).some(({ works }) => works);

const proofOf = (sessions: WholeSessions | undefined): string =>
  sessions === undefined
    ? "the transports that answered; no message arrived that could prove more"
    : "a whole session worked on each, for iframes on the transport inside";

/** Returns the SockJS transports that work; undefined if all do, or if it is unknown. */
function transportsOf(look: Look, sessions: WholeSessions | undefined, target: URL): string[] | undefined {
  const { transports, pageTransports } = look;
  if (transports === null || pageTransports === null || !isAdmitted(look)) return undefined;
  const { htmlfile, jsonpPolling, iframeScript } = pageTransports;
  const answers: Readonly<Record<string, boolean | undefined>> = {
    ...Object.fromEntries(Object.entries(transports).map(([name, { works }]) => [name, works])),
    htmlfile,
    "jsonp-polling": jsonpPolling,
  };
  const works = (name: string): boolean =>
    (sessions === undefined ? answers[name] : sessions[name as keyof typeof sessions]?.works) === true;
  const isThere = (name: string) => {
    const inner = traitsOf(name)?.iframeOf;
    return inner === undefined ? works(name) : works(inner) && isOwn(iframeScript, target);
  };
  const there = sockJsTransports.filter(isThere);
  return there.length === 0 || there.length === sockJsTransports.length ? undefined : there;
}

/** Pages of a run can reach only the target. */
const isOwn = (script: string | null, target: URL): boolean =>
  script !== null && URL.canParse(script, target.href) && new URL(script, target).host === target.host;

function ofTopic({ inferred, look, topics = [] }: TargetFacts): ProfileEntry[] {
  const [topic, ...others] = inferred?.topics ?? [];
  if (topic === undefined) {
    const [asked] = topics;
    const why = "as given; no notice was recognized there";
    return asked === undefined ? [] : [{ key: "topic", value: asked, why }];
  }
  const told = others.length === 0 ? "" : `; also on ${others.join(", ")}`;
  const entries: ProfileEntry[] = [
    { key: "topic", value: topic, why: `notices of the test sessions arrived there${told}` },
  ];
  if (look.receipts?.subscribe.came === true) return entries;
  if (look.echoes?.came === true)
    return [
      ...entries,
      {
        key: "ready",
        value: { probe: { destination: topic, body: { hangup: "{probe}" } } },
        why: "SUBSCRIBE gets no RECEIPT, but a message sent to the topic comes back",
      },
    ];
  return [
    ...entries,
    {
      key: "ready",
      value: { delayMs: 500 },
      why: "SUBSCRIBE gets no RECEIPT, and messages do not come back",
    },
  ];
}

const ofIdentify = ({ identify }: TargetFacts): ProfileEntry[] =>
  identify === undefined ? [] : [{ key: "identify", value: identify.identify, why: identify.why }];

const ofNotice = ({ inferred }: TargetFacts): ProfileEntry[] =>
  inferred?.notice === undefined
    ? []
    : [{ key: "notice", value: inferred.notice, why: "from the notices of the test sessions" }];

function ofPolicy({ policy }: TargetFacts): ProfileEntry[] {
  if (policy === undefined) return [];
  const { sessions, leaveAfterMs, grace, strangers } = policy;
  const entries: ProfileEntry[] = [];
  if (sessions === "last") {
    entries.push({
      key: "sessions",
      value: "last",
      why: "of one person's two sessions, only the end of the last was announced",
    });
    if (grace)
      entries.push({
        key: "graceMs",
        value: Math.floor((leaveAfterMs * 0.9) / 50) * 50,
        why: `the leave arrived after ${seconds(leaveAfterMs)}, and none for a person who came back before; look up the exact time, since an earlier leave is a failure`,
      });
  }
  if (strangers)
    entries.push({
      key: "unidentified",
      value: "announced",
      why: "the end of a session that never identified was announced",
    });
  return entries;
}

/**
 * Timing of Spring with default settings. It drops a silent client after 3.1 to 5 heartbeat periods. It checks for SockJS
 * sessions without a request once per disconnect delay, so that they end after one to two delays of 5 s.
 */
const spring = { silenceIntervals: 5, sessionEndedMs: 10_000 };

const looksLikeSpring = ({ reached }: TargetFacts): boolean =>
  reached.kind === "sockjs" && reached.looksLike === "spring";

/** Returns the heartbeat period that the target asks a client for that offers 1 s, in milliseconds; 0 if it asks for none. */
function wantedMsOf({ look }: TargetFacts): number {
  const [, wanted = 0] = (look.heartbeats?.["1000,1000"] ?? "0,0").split(",").map(Number);
  return wanted;
}

function ofTimes(learned: TargetFacts): ProfileEntry[] {
  const { policy } = learned;
  const wanted = wantedMsOf(learned);
  const entries: ProfileEntry[] = [];
  if (learned.look.heartbeats !== null && wanted === 0)
    entries.push({ key: "heartbeatMs", value: 0, why: "CONNECTED asks for no heartbeats" });
  else if (wanted > heartbeatMs || isOutdated(learned))
    entries.push({
      key: "heartbeatMs",
      value: Math.max(wanted, heartbeatMs),
      why: `shortest period that the target accepts; shorter periods make shorter runs${isOutdated(learned) ? ". It replaces the given 0, since CONNECTED asks for heartbeats now" : ""}`,
    });
  const deadlines: Record<string, number> = {};
  const { grace = false, leaveAfterMs = 0 } = policy ?? {};
  if (!grace && leaveAfterMs > usual.endedMs / 2) deadlines["endedMs"] = roundedUp(2 * leaveAfterMs);
  const silenceIntervals = silenceIntervalsOf(learned, wanted > 0);
  if (silenceIntervals > usual.silenceIntervals) deadlines["silenceIntervals"] = silenceIntervals;
  const httpEndedMs = sessionEndedMs(learned) + usual.endedMs;
  if (httpEndedMs > usual.httpEndedMs) deadlines["httpEndedMs"] = roundedUp(httpEndedMs);
  if (Object.keys(deadlines).length > 0)
    entries.push({
      key: "deadlines",
      value: deadlines,
      why: looksLikeSpring(learned)
        ? "measured times, or Spring's longest ones, with a margin; declare what you promise"
        : "measured times, with a margin; declare what you promise",
    });
  return entries;
}

/** Returns the heartbeat periods until a silent client is surely given up; 0 where nothing is known. */
function silenceIntervalsOf(learned: TargetFacts, wantsHeartbeats: boolean): number {
  const { silence } = learned.look;
  // One period more, since a server that checks periodically notices at its next check.
  const measured =
    silence === null || silence.droppedAfterMs === null
      ? 0
      : Math.ceil(silence.droppedAfterMs / silence.periodMs) + 1;
  // A target that was watched too briefly may be Spring.
  const isUnknown = silence === null ? wantsHeartbeats : measured === 0 && isTooShort(silence);
  return Math.max(measured, isUnknown || looksLikeSpring(learned) ? spring.silenceIntervals : 0);
}

/** Returns the latest time from the end of a SockJS session's last request to the end of the session, in milliseconds. */
function sessionEndedMs(learned: TargetFacts): number {
  const goneAtMs = learned.look.disconnectDelay?.goneAtMs ?? 0;
  if (!looksLikeSpring(learned)) return goneAtMs;
  return goneAtMs > spring.sessionEndedMs ? 2 * goneAtMs : spring.sessionEndedMs;
}

const roundedUp = (ms: number): number => Math.ceil(ms / 500) * 500;
