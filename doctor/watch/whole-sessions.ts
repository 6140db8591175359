import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import {
  connectionSettings,
  possibleTransports,
  usualTransport,
  type Possessions,
} from "../../harness/stage/connection-settings.ts";
import { close } from "../../harness/stage/faults/close.ts";
import type { Actor } from "../../harness/stage/actor.ts";
import type { Stage } from "../../harness/stage/stage.ts";
import { topicsOf } from "../../harness/history/notice.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { messageOf } from "../../harness/util/words.ts";
import { ending, Examination, refusal, UnknownFactError, type Opening } from "../wire/examination.ts";
import type { LookFacts } from "../ask/look.ts";
import { pagelessTransports } from "../../harness/profile/transports.ts";
import { stompProtocols } from "../wire/handshake.ts";
import type { RecordedSession } from "../wire/recorded-session.ts";
import type { WireTransport } from "../wire/wire.ts";
import { seconds } from "../wire/words.ts";
import { onStage, type OpenStage } from "./on-stage.ts";

/** Result of a whole session on a transport: open, CONNECT, SUBSCRIBE, a message received, DISCONNECT. */
export type WholeSession =
  | {
      readonly works: true;
      /** Time from the first byte to CONNECTED, in milliseconds. */ readonly connectedMs: number;
    }
  | { readonly works: false; readonly why: string };

/** Whole sessions by transport. */
export type WholeSessions = Partial<Record<WireTransport, WholeSession>>;

/** Returns the transports on which CONNECT worked, or which answer a page: those to try a whole session on. */
export function transportsToTry(
  { transports, subprotocol, pageTransports }: LookFacts,
  { transport, nativeWebSocket }: Profile,
): WireTransport[] {
  if (transport === "native") return ["native"];
  const isPossible = (name: string) =>
    name !== "native" || (nativeWebSocket && subprotocol?.offered.works === true);
  const connected = pagelessTransports.filter(
    (name) => transports?.[name]?.works === true && isPossible(name),
  );
  return [
    ...connected,
    ...(pageTransports?.htmlfile === true ? (["htmlfile"] as const) : []),
    ...(pageTransports?.jsonpPolling === true ? (["jsonp-polling"] as const) : []),
  ];
}

/** Time limit for receipts, in milliseconds. Without receipts, the time after which a subscription counts as active. */
const readyLimitMs = 1_500;

/** Time limit for a message that another transport has received, in milliseconds. */
const messageLimitMs = 4_000;

/** Time limit for the notice of a join, in milliseconds. A target may announce none. */
const joinLimitMs = 2_000;

/** Time limit for the first message on any transport, in milliseconds. A target may announce only leaves, and late. */
const firstLimitMs = 8_000;

/** Time limit for the answer to DISCONNECT, in milliseconds. */
const endLimitMs = 1_500;

/**
 * Plays a whole session on each transport, side by side. A test session joins and leaves meanwhile, so that the target has a
 * message for all of them.
 * @returns undefined if no session received a message, which shows nothing about transports
 * @param profile suggested so far, with the way to identify and the topics
 * @throws Error that names the failed step of the test session
 */
export function watchWholeSessions(
  profile: Profile,
  target: URL,
  transports: readonly WireTransport[],
): Promise<WholeSessions | undefined> {
  return onStage(profile, target, async (open) => {
    const sessions = transports.map((transport) => new TransportSession(transport, profile, target, open));
    try {
      await Promise.all(sessions.map((session) => session.subscribe()));
      const isHeard = await provoke(open, profile, sessions);
      if (!isHeard) return undefined;
      const results = sessions.map(async (session) => [session.transport, await session.finish()] as const);
      return Object.fromEntries(await Promise.all(results));
    } finally {
      await Promise.all(sessions.map((session) => session.end()));
    }
  });
}

/**
 * Lets a test session join, and leave if that did not reach all. Returns true as soon as one of the sessions has received a message.
 * @throws Error if no transport carries the test session
 */
async function provoke(
  { stage }: OpenStage,
  profile: Profile,
  sessions: readonly TransportSession[],
): Promise<boolean> {
  const isHeardOn = (limitMs: number) => sessions.map((session) => session.hears(limitMs));
  const visitor = await joinOnAny(stage, profile);
  const heard = await Promise.all(isHeardOn(joinLimitMs));
  if (heard.every((isHeard) => isHeard)) return true;
  await stage.inject(close(visitor));
  const anyHeard = isHeardOn(firstLimitMs).map(async (isHeard) => {
    if (!(await isHeard)) throw new UnknownFactError("no message arrived");
  });
  return Promise.any(anyHeard).then(
    () => true,
    () => false,
  );
}

/** Joins on the first transport that can carry a test session. */
async function joinOnAny(stage: Stage, profile: Profile): Promise<Actor> {
  const ways = [...new Set([usualTransport(profile), ...possibleTransports(profile)])];
  let last: unknown;
  for (const [place, transport] of ways.entries()) {
    try {
      return await stage.join(`visitor${place + 1}`, { transport });
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** One session on a transport, below stompjs and sockjs-client, so that transports of pages can be tried, too. */
class TransportSession {
  readonly transport: WireTransport;
  readonly #profile: Profile;
  readonly #target: URL;
  readonly #open: OpenStage;
  #visit: Examination | undefined;
  #talk: RecordedSession | undefined;
  #connectedMs = 0;
  #why: string | undefined;

  constructor(transport: WireTransport, profile: Profile, target: URL, open: OpenStage) {
    this.transport = transport;
    this.#profile = profile;
    this.#target = target;
    this.#open = open;
  }

  /** Connects and subscribes to the topics. Never rejects. */
  async subscribe(): Promise<void> {
    try {
      const { stage, setupRequests, token } = this.#open;
      const has = await setupRequests.possessionsFor(stage.clientOf(`on-${this.transport}`), token);
      await this.#connect(has);
    } catch (error) {
      this.#why = messageOf(error);
    }
  }

  async #connect(has: Possessions): Promise<void> {
    const { url, httpHeaders, stompHeaders } = connectionSettings(this.#profile, this.#target, has);
    url.protocol = url.protocol.replace(/^ws/, "http");
    const isBare = this.#profile.transport === "native";
    this.#visit = new Examination({ url, isBare, headers: httpHeaders }, stompHeaders, visitLimitMs);
    const sessionId = newSessionId();
    const { transport } = this;
    const opening: Opening = {
      transport,
      sessionId,
      ...(transport === "native" && { protocols: stompProtocols }),
    };
    const { talk } = await this.#visit.connect(opening);
    this.#talk = talk;
    this.#connectedMs = Math.round(performance.now() - talk.beganAtMs);
    const topics = topicsOf(this.#profile, has.values).map((topic) =>
      topic.replaceAll("{sessionId}", sessionId),
    );
    const receipts = topics.map((destination, place) => {
      const receipt = `subscribed-${place}`;
      talk.stomp("SUBSCRIBE", { id: `doctor-${place}`, destination, receipt });
      return answerTo(talk, receipt, readyLimitMs);
    });
    for (const answer of await Promise.all(receipts))
      if (answer?.command === "ERROR") throw new UnknownFactError(`SUBSCRIBE got ${refusal(answer)}`);
  }

  /** Returns true if a message arrives within the time limit. */
  async hears(limitMs: number): Promise<boolean> {
    if (this.#talk === undefined || this.#why !== undefined) return false;
    const message = await this.#talk.find(
      (seen) => (seen.kind === "frame" && seen.frame.command === "MESSAGE" ? seen : undefined),
      limitMs,
    );
    return message !== undefined;
  }

  /** Waits for the message, and ends the session. */
  async finish(): Promise<WholeSession> {
    if (this.#why !== undefined || this.#talk === undefined)
      return { works: false, why: this.#why ?? "not connected" };
    const talk = this.#talk;
    if (!(await this.hears(messageLimitMs))) {
      return { works: false, why: `it connects, but no message arrives ${endOf(talk)}` };
    }
    talk.stomp("DISCONNECT", { receipt: "ended" });
    await answerTo(talk, "ended", endLimitMs);
    // A target may close at DISCONNECT, and then answers a poll with 404.
    const { code } = talk.closed ?? { code: null };
    if (code !== null && code >= 500 && code < 600)
      return { works: false, why: `DISCONNECT failed: ${ending(talk) ?? ""}` };
    return { works: true, connectedMs: this.#connectedMs };
  }

  /** Frees everything. */
  async end(): Promise<void> {
    await this.#visit?.end();
  }
}

/** Time limit of one session's connections, in milliseconds. */
const visitLimitMs = 60_000;

/** Says how a wait for a message ended: by ERROR, by the end of the session, or at the time limit. */
function endOf(talk: RecordedSession): string {
  const error = talk.all("frame").find(({ frame }) => frame.command === "ERROR");
  if (error !== undefined) return `before ${refusal(error.frame)}`;
  const ended = ending(talk);
  return ended === undefined ? `within ${seconds(messageLimitMs)}` : `before the end: ${ended}`;
}

/** Returns the receipt or the ERROR; undefined if neither arrives. */
const answerTo = (talk: RecordedSession, receipt: string, limitMs: number) =>
  talk.find((seen) => {
    if (seen.kind !== "frame") return undefined;
    const { command, headers } = seen.frame;
    return command === "ERROR" || headers["receipt-id"] === receipt ? seen.frame : undefined;
  }, limitMs);
