import { refusal, ending, UnknownFactError, type Examination } from "../wire/examination.ts";
import type { RecordedSession } from "../wire/recorded-session.ts";
import { quote, seconds } from "../wire/words.ts";

export const stompVersions = ["1.2", "1.1", "1.0"] as const;
export type StompVersion = (typeof stompVersions)[number];

/** Target's answer to the offer of one version. */
export type VersionAnswer = { readonly accepted: true } | { readonly accepted: false; readonly why: string };

/** True if a requested answer arrived. */
export type Came =
  { readonly came: true; readonly afterMs: number } | { readonly came: false; readonly why: string };

export interface Receipts {
  readonly subscribe: Came;
  readonly send: Came;
  readonly disconnect: Came;
}

/** Tested offers, in the form of `heart-beat`: the period that the client sends, and the period that it wants. */
export const heartbeatOffers = ["1000,1000", "0,0", "60000,60000"] as const;
export type HeartbeatOffer = (typeof heartbeatOffers)[number];

/** Time limit for a receipt or an echo, in milliseconds. */
const answerLimitMs = 2_000;

export async function askVersion(visit: Examination, version: StompVersion): Promise<VersionAnswer> {
  try {
    const { answer } = await visit.connect({ versions: version });
    // STOMP 1.0 has no such header.
    const chosen = answer.headers["version"] ?? "1.0";
    if (chosen === version) return { accepted: true };
    return { accepted: false, why: `CONNECTED says version ${quote(chosen, 20)}, which was not offered` };
  } catch (error) {
    if (error instanceof UnknownFactError) return { accepted: false, why: error.message };
    throw error;
  }
}

/**
 * Returns CONNECTED's answer to an offer; `0,0` without such a header.
 * @throws UnknownFactError if no CONNECTED arrives
 */
export async function askHeartbeat(visit: Examination, heartbeat: HeartbeatOffer): Promise<string> {
  const { answer } = await visit.connect({ heartbeat });
  return (answer.headers["heart-beat"] ?? "0,0").slice(0, 40);
}

/** Destination on which a SEND disturbs nobody. */
const quietDestination = "/topic/hangup-doctor";

/**
 * Tests which frames get a receipt.
 * @param topic destination of the SUBSCRIBE; the target's own topic, since a strict server refuses any other
 * @throws UnknownFactError if no CONNECTED arrives
 */
export async function askReceipts(visit: Examination, topic = quietDestination): Promise<Receipts> {
  const [subscribe, send, disconnect] = await Promise.all([
    askReceipt(visit, "SUBSCRIBE", { id: "doctor", destination: topic }),
    // Many servers parse every body as JSON, and some fail on anything else.
    askReceipt(visit, "SEND", { destination: quietDestination, "content-type": "application/json" }, "{}"),
    askReceipt(visit, "DISCONNECT", {}),
  ]);
  return { subscribe, send, disconnect };
}

async function askReceipt(
  visit: Examination,
  command: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Came> {
  const { talk } = await visit.connect();
  const sentAtMs = performance.now();
  talk.stomp(command, { ...headers, receipt: visit.mark }, body);
  return receiptOf(visit, talk, sentAtMs);
}

async function receiptOf(visit: Examination, talk: RecordedSession, sentAtMs: number): Promise<Came> {
  const limitMs = Math.min(answerLimitMs, visit.leftMs);
  const answer = await talk.find((seen) => {
    if (seen.kind !== "frame") return undefined;
    const { command, headers } = seen.frame;
    return command === "ERROR" || headers["receipt-id"] === visit.mark ? seen : undefined;
  }, limitMs);
  if (answer === undefined) return { came: false, why: ending(talk) ?? `none within ${seconds(limitMs)}` };
  if (answer.frame.command === "ERROR") return { came: false, why: refusal(answer.frame) };
  return { came: true, afterMs: Math.round(answer.atMs - sentAtMs) };
}

/**
 * Tests if a client's message to the topic comes back to its subscribers.
 * @throws UnknownFactError if no CONNECTED arrives
 */
export async function askEcho(visit: Examination, destination: string, body: string): Promise<Came> {
  const { talk } = await visit.connect();
  talk.stomp("SUBSCRIBE", { id: "doctor", destination, receipt: visit.mark });
  // Without a receipt, the time limit for it gives the subscription time to become active.
  await receiptOf(visit, talk, performance.now());
  const sentAtMs = performance.now();
  talk.stomp("SEND", { destination, "content-type": "application/json" }, body);
  const limitMs = Math.min(answerLimitMs, visit.leftMs);
  const echo = await talk.find(
    (seen) => (seen.kind === "frame" && seen.frame.body.includes(body) ? seen : undefined),
    limitMs,
  );
  if (echo === undefined) return { came: false, why: ending(talk) ?? `none within ${seconds(limitMs)}` };
  return { came: true, afterMs: Math.round(echo.atMs - sentAtMs) };
}
