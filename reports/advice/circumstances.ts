import { sessionsOf, type Session } from "../../harness/history/sessions/sessions.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { TargetSaid } from "../../harness/judge/target-said.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";

/** Facts about some failures and the target, by which advice is chosen. */
export interface Circumstances {
  /** "unknown" if the target told nothing by which Spring can be recognized, as over a native WebSocket. */
  readonly stack: "spring" | "other" | "unknown";
  /** CONNECTED has a `server` header, which Spring's simple broker never sends: another broker answers, or another server. */
  readonly namesServer: boolean;
  /** Sessions over a WebSocket are among those that failed. */
  readonly onWebSocket: boolean;
  /** All sessions that failed are over HTTP. */
  readonly onlyHttp: boolean;
  /** "on" if the target asks clients for heartbeats. */
  readonly heartbeats: "on" | "off" | "unknown";
  /** Some session that failed had agreed to send heartbeats. */
  readonly clientsBeat: boolean;
  /** Some leave came after its window or never, and none before it. */
  readonly isLate: boolean;
  /** Every session that failed ended by DISCONNECT. */
  readonly byDisconnect: boolean;
  /** Every session that failed had its connection half closed, so that writes to it still succeed. */
  readonly byHalfClose: boolean;
  /** Five of the agreed heartbeat periods are longer than a leave may take. */
  readonly periodTooLong: boolean;
}

/** Returns the circumstances of some cases that failed one requirement in the same way. */
export function circumstancesOf(cases: readonly CaseRecord[], { said }: RunRecord["target"]): Circumstances {
  const sessions = cases.flatMap(endedSessions);
  const transports = cases.flatMap((one) => transportsOf(one));
  const detections = cases.flatMap((one) => one.detections);
  const isEarly = detections.some(({ latencyMs, earliestMs }) => latencyMs < (earliestMs ?? 0));
  const isLate =
    cases.some(({ missed = [] }) => missed.length > 0) ||
    detections.some(({ latencyMs, latestMs }) => latencyMs > latestMs);
  const ends = sessions.flatMap(({ end }) => end?.fault ?? []);
  return {
    stack: stackOf(said),
    namesServer: said !== undefined && said.servers.length > 0,
    onWebSocket: transports.some((transport) => !isOverHttp(transport)),
    onlyHttp: transports.length > 0 && transports.every(isOverHttp),
    heartbeats: heartbeatsOf(said),
    clientsBeat: sessions.some(({ connected }) => (connected?.clientHeartbeatMs ?? 0) > 0),
    isLate: isLate && !isEarly,
    byDisconnect: ends.length > 0 && ends.every((fault) => fault.startsWith("disconnect")),
    byHalfClose: ends.length > 0 && ends.every((fault) => fault === "half-close"),
    periodTooLong: cases.some(hasTooLongPeriod),
  };
}

function stackOf(said: TargetSaid | undefined): Circumstances["stack"] {
  const looksLike = said?.info?.looksLike;
  if (looksLike === undefined) return "unknown";
  return looksLike === "spring" ? "spring" : "other";
}

/**
 * Returns whether the target asks clients for heartbeats. Only a client that offers some can find out. Spring answers every client
 * with the same header.
 */
function heartbeatsOf(said: TargetSaid | undefined): Circumstances["heartbeats"] {
  const isSpring = stackOf(said) === "spring";
  const asked = (said?.heartBeats ?? [])
    .filter(({ offered }) => isSpring || !offered.startsWith("0,"))
    .map(({ answered }) => /^\d+,0+$/.test(answered));
  if (asked.length === 0) return "unknown";
  if (asked.every(Boolean)) return "off";
  return asked.includes(true) ? "unknown" : "on";
}

/** Returns the sessions that a case ended. They are known only of a case with a timeline. */
const endedSessions = ({ timeline = [] }: CaseRecord): readonly Session[] =>
  sessionsOf(timeline).filter(({ end }) => end !== undefined);

function transportsOf(one: CaseRecord): readonly string[] {
  const { transport } = one.axes;
  return transport === undefined ? endedSessions(one).map(({ opened }) => opened.transport) : [transport];
}

/** Maximum number of periods after which Spring gives a silent client up, as measured. */
const springPeriodsMax = 5;

function hasTooLongPeriod(one: CaseRecord): boolean {
  const periodMs = Math.max(...endedSessions(one).map(({ connected }) => connected?.clientHeartbeatMs ?? 0));
  const allowedMs = Math.min(...[...one.detections, ...(one.missed ?? [])].map(({ latestMs }) => latestMs));
  return periodMs > 0 && springPeriodsMax * periodMs > allowedMs;
}
