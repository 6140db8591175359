import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./ask.ts";
import { below } from "../wire/address.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import { ending, UnknownFactError, type Examination } from "../wire/examination.ts";
import type { RecordedSession } from "../wire/recorded-session.ts";
import { seconds } from "../wire/words.ts";

/** SockJS's own first heartbeat on an idle session. */
export interface SockJsBeat {
  /** Time from the opening, or from CONNECTED, in milliseconds; null if none arrived. */
  readonly afterMs: number | null;
  /** `h`, or the WebSocket ping that sockjs-node sends instead; null if none arrived. */
  readonly as: "h" | "ping" | null;
  readonly watchedMs: number;
  /** End of the session by the target; null if there was none. */
  readonly ended: string | null;
}

export interface SockJsHeartbeat {
  /** Heartbeat on a session without CONNECT. */
  readonly plain: SockJsBeat;
  /** Heartbeat on a connected session with the STOMP heartbeats `0,0`; null if none led to CONNECTED. */
  readonly connected: SockJsBeat | null;
}

/** Lifetime of a session without a request that receives. */
export interface DisconnectDelay {
  /** Longest time after which a session still existed, in milliseconds; null if none did. */
  readonly aliveAtMs: number | null;
  /** Shortest time after which a session was gone; null if none was. */
  readonly goneAtMs: number | null;
}

/** Result of two clients with one session id. */
export interface Twice {
  /** `opened`, or the reason of the rejection. */
  readonly second: string;
  /** `open`, or the end. */
  readonly first: string;
  /** Client that got CONNECTED after the first one's CONNECT. */
  readonly answered: "first" | "second" | "neither";
}

/** Time limit for the second client's answer, in milliseconds. */
const secondLimitMs = 1_500;

export async function watchSockJsHeartbeat(visit: Examination): Promise<SockJsHeartbeat> {
  const [plain, connected] = await Promise.all([
    watchPlain(visit),
    visit.connect({ transport: "websocket" }).then(
      ({ talk }) => watchBeat(visit, talk),
      () => null,
    ),
  ]);
  return { plain, connected };
}

async function watchPlain(visit: Examination): Promise<SockJsBeat> {
  const talk = visit.talk("websocket");
  if ((await talk.first("opened", visit.leftMs)) === undefined)
    throw new UnknownFactError(`a session on websocket did not open: ${ending(talk) ?? "no answer"}`);
  return watchBeat(visit, talk);
}

async function watchBeat(visit: Examination, talk: RecordedSession): Promise<SockJsBeat> {
  const beganAtMs = performance.now();
  const beat = await talk.first("sockjs-beat", visit.leftMs);
  return {
    afterMs: beat === undefined ? null : Math.round(beat.atMs - beganAtMs),
    as: beat?.as ?? null,
    watchedMs: Math.round(performance.now() - beganAtMs),
    ended: ending(talk) ?? null,
  };
}

/** Interval of the tests for existing sessions in milliseconds, and the number of sessions. */
const delayStepMs = 1_000;
const delaySessionsMax = 40;

/**
 * Opens sessions by one poll each, and tests each once, at different times, since a second test might keep it alive.
 * @throws UnknownFactError if no session opens by polling, or none can be tested
 */
export async function watchDisconnectDelay(visit: Examination): Promise<DisconnectDelay> {
  const count = Math.min(delaySessionsMax, Math.floor(visit.leftMs / delayStepMs));
  const known = new AbortController();
  const signal = AbortSignal.any([visit.signal(), known.signal]);
  const alive: number[] = [];
  const gone: number[] = [];
  const troubles = new Set<string>();
  const moments = Array.from({ length: count }, (_, index) => (index + 1) * delayStepMs);
  await Promise.all(
    moments.map(async (atMs) => {
      const found = await isThereAt(visit, atMs, signal);
      if (signal.aborted) return;
      if (found === true) alive.push(atMs);
      else if (found !== false) troubles.add(found);
      else {
        gone.push(atMs);
        known.abort();
      }
    }),
  );
  const [trouble] = troubles;
  if (trouble !== undefined && alive.length + gone.length === 0) throw new UnknownFactError(trouble);
  return { aliveAtMs: alive.length === 0 ? null : Math.max(...alive), goneAtMs: gone[0] ?? null };
}

/** Tests if a session that was polled once still exists. Returns a reason if that is unclear. */
async function isThereAt(visit: Examination, atMs: number, signal: AbortSignal): Promise<boolean | string> {
  const { url, headers } = visit.endpoint;
  const session = below(url, `000/${newSessionId()}`);
  const first = await ask(below(session, "xhr"), { method: "POST", headers, signal });
  if (first.kind === "trouble" || first.status !== 200 || first.body.trim() !== "o")
    return `a session did not open by polling: ${wordsOf(first)}`;
  await sleep(atMs, undefined, { signal }).catch(() => undefined);
  const plain = { ...headers, "Content-Type": "text/plain;charset=UTF-8" };
  const later = await ask(below(session, "xhr_send"), { method: "POST", headers: plain, body: "[]", signal });
  if (later.kind === "answer" && (later.status === 204 || later.status === 200)) return true;
  if (later.kind === "answer" && later.status === 404) return false;
  return `a session could not be asked whether it is there: ${wordsOf(later)}`;
}

const wordsOf = (asked: Awaited<ReturnType<typeof ask>>) =>
  asked.kind === "trouble" ? asked.message : `HTTP ${asked.status}`;

/** @throws UnknownFactError if the first client does not open */
export async function askTwice(visit: Examination, transport: "websocket" | "xhr-streaming"): Promise<Twice> {
  const sessionId = newSessionId();
  const limitMs = () => Math.min(secondLimitMs, visit.leftMs);
  const first = visit.talk(transport, { sessionId });
  if ((await first.first("opened", limitMs())) === undefined)
    throw new UnknownFactError(`a session on ${transport} did not open: ${ending(first) ?? "no answer"}`);
  const second = visit.talk(transport, { sessionId });
  const opened = await second.first("opened", limitMs());
  visit.offer(first);
  const [byFirst, bySecond] = await Promise.all([
    isConnected(first, limitMs()),
    isConnected(second, limitMs()),
  ]);
  return {
    second: opened === undefined ? (ending(second) ?? `nothing within ${seconds(secondLimitMs)}`) : "opened",
    first: ending(first) ?? "open",
    answered: byFirst ? "first" : bySecond ? "second" : "neither",
  };
}

const isConnected = async (talk: RecordedSession, limitMs: number) =>
  (await talk.find((seen) => (seen.kind === "frame" ? seen.frame : undefined), limitMs))?.command ===
  "CONNECTED";
