import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./ask.ts";
import { below } from "../wire/address.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import { ending, Unlearned, type Visit } from "../wire/visit.ts";
import type { Talk } from "../wire/talk.ts";
import { seconds } from "../wire/words.ts";

/** When SockJS's own heartbeat first came on an idle session. */
export interface SockJsBeat {
  /** From its opening, or from CONNECTED, in milliseconds; null where none came while watched. */
  readonly afterMs: number | null;
  /** `h`, or the WebSocket ping that sockjs-node sends in its place; null where none came. */
  readonly as: "h" | "ping" | null;
  readonly watchedMs: number;
  /** How the target ended the session meanwhile; null where it did not. */
  readonly ended: string | null;
}

export interface SockJsHeartbeat {
  /** On a session that sends no CONNECT. */
  readonly plain: SockJsBeat;
  /** On one that is connected with the STOMP heartbeats `0,0`; null where none led to CONNECTED. */
  readonly connected: SockJsBeat | null;
}

/** How long a session without a request that receives lives on. */
export interface DisconnectDelay {
  /** The longest that one was still there, in milliseconds; null where none was. */
  readonly aliveAtMs: number | null;
  /** The shortest after which one was gone; null where none was. */
  readonly goneAtMs: number | null;
}

/** What became of two clients with one session id. */
export interface Twice {
  /** `opened`, or how it was turned away. */
  readonly second: string;
  /** `open`, or how it was ended. */
  readonly first: string;
  /** Which of them got CONNECTED after the first had sent CONNECT. */
  readonly answered: "first" | "second" | "neither";
}

/** How long the second one's answer is waited for, in milliseconds. */
const secondLimitMs = 1_500;

export async function watchSockJsHeartbeat(visit: Visit): Promise<SockJsHeartbeat> {
  const [plain, connected] = await Promise.all([
    watchPlain(visit),
    visit.connect({ transport: "websocket" }).then(
      ({ talk }) => watchBeat(visit, talk),
      () => null,
    ),
  ]);
  return { plain, connected };
}

async function watchPlain(visit: Visit): Promise<SockJsBeat> {
  const talk = visit.talk("websocket");
  if ((await talk.first("opened", visit.leftMs)) === undefined)
    throw new Unlearned(`a session on websocket did not open: ${ending(talk) ?? "no answer"}`);
  return watchBeat(visit, talk);
}

async function watchBeat(visit: Visit, talk: Talk): Promise<SockJsBeat> {
  const beganAtMs = performance.now();
  const beat = await talk.first("sockjs-beat", visit.leftMs);
  return {
    afterMs: beat === undefined ? null : Math.round(beat.atMs - beganAtMs),
    as: beat?.as ?? null,
    watchedMs: Math.round(performance.now() - beganAtMs),
    ended: ending(talk) ?? null,
  };
}

/** How far apart the moments are at which sessions are asked for, in milliseconds; and how many sessions at most. */
const delayStepMs = 1_000;
const delaySessionsMax = 40;

/**
 * Opens sessions by a first poll that none follows, and asks for each at a moment of its own whether it is still there:
 * to ask a session twice might keep it alive.
 * @throws Unlearned when no session opens by polling, or none can be asked
 */
export async function watchDisconnectDelay(visit: Visit): Promise<DisconnectDelay> {
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
  if (trouble !== undefined && alive.length + gone.length === 0) throw new Unlearned(trouble);
  return { aliveAtMs: alive.length === 0 ? null : Math.max(...alive), goneAtMs: gone[0] ?? null };
}

/** Whether a session is there that was polled once, so long ago; or why that can't be told. */
async function isThereAt(visit: Visit, atMs: number, signal: AbortSignal): Promise<boolean | string> {
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

/** @throws Unlearned when the first one does not open */
export async function askTwice(visit: Visit, transport: "websocket" | "xhr-streaming"): Promise<Twice> {
  const sessionId = newSessionId();
  const limitMs = () => Math.min(secondLimitMs, visit.leftMs);
  const first = visit.talk(transport, { sessionId });
  if ((await first.first("opened", limitMs())) === undefined)
    throw new Unlearned(`a session on ${transport} did not open: ${ending(first) ?? "no answer"}`);
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

const isConnected = async (talk: Talk, limitMs: number) =>
  (await talk.find((seen) => (seen.kind === "frame" ? seen.frame : undefined), limitMs))?.command ===
  "CONNECTED";
