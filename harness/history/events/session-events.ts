import * as z from "zod";
import { eventKind, ms } from "./event-kind.ts";
import { atActor, name, received, say, sent, text, time, type Phrase } from "./phrase.ts";

/** The evidence that a subscription is in force. */
const subscriptionProof = z.enum(["receipt", "probe", "delay"]);

/** Events by which a client opens a session, says who it is and leaves. */
export const sessionEvents = {
  /**
   * An observer of the whole run listens for this case from now on. Its session opened `listenedMs` before the case attached it. The
   * other fields are those of the events by which it connected, subscribed and identified.
   */
  "observer-attached": eventKind(
    {
      transport: z.string(),
      sessionId: z.string().nullable(),
      version: z.string(),
      clientHeartbeatMs: ms,
      serverHeartbeatMs: ms,
      destination: z.string(),
      confirmedBy: subscriptionProof,
      client: z.string(),
      listenedMs: ms,
    },
    {
      sentence: ({ transport, listenedMs, client }) =>
        say`listens for this case, too: over ${name(transport)}, for ${time(listenedMs)} already, as ${name(client)}`,
      arrow: ({ listenedMs }) => atActor`listens, for ${time(listenedMs)} already`,
    },
  ),
  /** The transport is open. `sessionId` is the transport's id of the session, null where the transport has none. */
  opened: eventKind(
    { transport: z.string(), sessionId: z.string().nullable() },
    {
      sentence: ({ transport, sessionId }) =>
        say`opened ${name(transport)}${sessionId === null ? say`, which has no session id` : say` with session id ${name(sessionId)}`}`,
      arrow: ({ transport }) => sent`opens ${name(transport)}`,
    },
  ),
  /** The client requests a session of this id. The session may never open. Recorded only where notices contain session ids. */
  "session-requested": eventKind(
    { sessionId: z.string() },
    {
      sentence: ({ sessionId }) => say`asked for the session id ${name(sessionId)}`,
      arrow: ({ sessionId }) => sent`asks for session ${name(sessionId)}`,
    },
  ),
  /**
   * CONNECTED arrived. The heartbeat periods are the negotiated ones; 0 means none in that direction. `offered` is the client's
   * `heart-beat` header, `heartBeat` the target's. `server` is the target's header of that name, if it sent one. Histories of
   * earlier versions have none of these three.
   */
  connected: eventKind(
    {
      version: z.string(),
      clientHeartbeatMs: ms,
      serverHeartbeatMs: ms,
      offered: z.string().optional(),
      heartBeat: z.string().optional(),
      server: z.string().optional(),
    },
    {
      sentence: ({ version, clientHeartbeatMs, serverHeartbeatMs }) =>
        say`is connected: STOMP ${name(version)}, ${heartbeats(clientHeartbeatMs, serverHeartbeatMs)}`,
      arrow: ({ version, clientHeartbeatMs, serverHeartbeatMs }) =>
        received`CONNECTED ${name(version)}, heartbeats ${[`${clientHeartbeatMs},${serverHeartbeatMs}`]}`,
    },
  ),
  "subscribe-sent": eventKind(
    { destination: z.string() },
    {
      sentence: ({ destination }) => say`sent SUBSCRIBE for ${name(destination)}`,
      arrow: ({ destination }) => sent`SUBSCRIBE ${name(destination)}`,
    },
  ),
  /** The subscription is in force, as far as `confirmedBy` can show. */
  subscribed: eventKind(
    { destination: z.string(), confirmedBy: subscriptionProof },
    {
      sentence: ({ destination, confirmedBy }) =>
        confirmedBy === "receipt"
          ? say`subscribed to ${name(destination)}, confirmed by a receipt`
          : say`subscribed to ${name(destination)}; no receipt confirms it, only time that passed`,
      arrow: ({ destination, confirmedBy }) =>
        confirmedBy === "receipt"
          ? received`RECEIPT for ${name(destination)}`
          : atActor`is subscribed to ${name(destination)}`,
    },
  ),
  /** The client sent UNSUBSCRIBE for all its subscriptions. */
  unsubscribed: eventKind(
    {},
    { sentence: () => say`ended its subscriptions`, arrow: () => sent`UNSUBSCRIBE` },
  ),
  "identify-sent": eventKind(
    { client: z.string(), body: z.string() },
    {
      sentence: ({ client, body }) => say`identified as ${name(client)}, sent ${text(body)}`,
      arrow: ({ client }) => sent`identifies as ${name(client)}`,
    },
  ),
  "disconnect-sent": eventKind(
    { receipt: z.boolean() },
    {
      sentence: ({ receipt }) =>
        receipt ? say`sent DISCONNECT and asked for a receipt` : say`sent DISCONNECT`,
      arrow: ({ receipt }) => (receipt ? sent`DISCONNECT, asks for a receipt` : sent`DISCONNECT`),
    },
  ),
};

function heartbeats(clientMs: number, serverMs: number): Phrase {
  if (clientMs === 0 && serverMs === 0) return say`no heartbeats`;
  return say`heartbeats ${period(clientMs)} from the client, ${period(serverMs)} from the server`;
}

const period = (periodMs: number): Phrase => (periodMs === 0 ? say`none` : say`every ${time(periodMs)}`);
