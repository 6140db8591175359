import * as z from "zod";
import { eventKind, quantity } from "./event-kind.ts";
import { amount, atActor, atProxy, name, number, received, say, text, words } from "./phrase.ts";

/** Events that a client receives from the target, up to the end of its connection. */
export const receivedEvents = {
  receipt: eventKind(
    { of: z.string() },
    {
      sentence: ({ of }) => say`received the receipt ${name(of)}`,
      arrow: ({ of }) => received`RECEIPT ${name(of)}`,
    },
  ),
  /**
   * A notice reached the actor. `client` is the client data in it; null where it names nobody. `claimedBy` is the case whose
   * client it names: this one, or none of the run. Notices of other cases are not recorded.
   */
  notice: eventKind(
    {
      event: z.enum(["join", "leave"]),
      client: z.string().nullable(),
      cause: z.string().nullable(),
      body: z.string(),
      claimedBy: z.enum(["this-case", "nobody"]),
    },
    {
      sentence: ({ event, client, cause, body, claimedBy }) => {
        const who = client === null ? say`no client` : say`${name(client)}`;
        const why = cause === null ? say`` : say` (cause ${name(cause)})`;
        const unclaimed = claimedBy === "nobody" ? say`, which no case claims` : say``;
        return say`received a ${[event]} notice of ${who}${why}${unclaimed}: ${text(body)}`;
      },
      arrow: ({ event, client }) => received`${[event]} of ${client === null ? ["somebody"] : name(client)}`,
    },
  ),
  message: eventKind(
    { destination: z.string(), body: z.string() },
    {
      sentence: ({ destination, body }) => say`received a message on ${name(destination)}: ${text(body)}`,
      arrow: ({ destination }) => received`MESSAGE ${name(destination)}`,
    },
  ),
  /** A MESSAGE about this case has a content-length that is not its body's length, so that clients cut it off or wait for more. */
  "wrong-content-length": eventKind(
    { declared: quantity, bytes: quantity, frame: z.string() },
    {
      sentence: ({ declared, bytes, frame }) =>
        say`received a frame whose content-length is ${number(declared)} and whose body has ${amount(bytes, "byte")}: ${text(frame)}`,
      arrow: ({ declared, bytes }) =>
        received`MESSAGE: content-length ${number(declared)}, body ${amount(bytes, "byte")}`,
    },
  ),
  /** Bytes of the STOMP stream arrived: a heartbeat or a piece of a frame. Recorded only for clients that were set to record it. */
  heard: eventKind(
    { bytes: quantity },
    {
      sentence: ({ bytes }) => say`received ${amount(bytes, "byte")} of STOMP`,
      arrow: ({ bytes }) => received`${amount(bytes, "byte")}`,
    },
  ),
  /**
   * Bytes arrived on the connection on which the actor receives. A `keep-alive` is a ping, a heartbeat of SockJS or STOMP, or the answer to
   * a poll without messages. Recorded only for clients that were set to record it.
   */
  "traffic-arrived": eventKind(
    { what: z.enum(["frame", "keep-alive"]) },
    {
      sentence: ({ what }) =>
        say`received ${[what === "frame" ? "a piece of a STOMP frame" : "a keep-alive"]}`,
      arrow: ({ what }) => received`${[what]}`,
    },
  ),
  /** The target answered a request for the roster. `clients` are those of this case. */
  "roster-read": eventKind(
    { clients: z.array(z.string()) },
    {
      sentence: ({ clients }) =>
        say`received the roster: ${amount(clients.length, "actor")} of this case, ${text(clients.join(", "))}`,
      arrow: ({ clients }) =>
        received`roster: ${clients.length === 0 ? ["nobody"] : name(clients.slice(0, 20).join(", "))}`,
    },
  ),
  /** A SockJS frame arrived before the frame that opens the session. */
  "before-open": eventKind(
    { frame: z.string() },
    {
      sentence: ({ frame }) => say`received a SockJS frame before the session was opened: ${text(frame)}`,
      arrow: () => received`a SockJS frame before the opening one`,
    },
  ),
  "stomp-error": eventKind(
    { message: z.string() },
    {
      sentence: ({ message }) => say`received an ERROR: ${text(message)}`,
      arrow: ({ message }) => received`ERROR ${name(message)}`,
    },
  ),
  /**
   * The actor's client closes the connection by itself. `reason` says why it could not read the target's messages. Without a
   * reason, it missed the target's heartbeats.
   */
  "gave-up": eventKind(
    { reason: z.string().optional() },
    {
      sentence: ({ reason }) =>
        reason === undefined
          ? say`missed the target's heartbeats and closes its connection`
          : say`cannot read a message of the target and closes its connection: ${text(reason)}`,
      arrow: ({ reason }) =>
        reason === undefined ? atActor`missed heartbeats, closes` : atActor`cannot read a message, closes`,
    },
  ),
  /** The actor's transport is closed, as the actor saw it. */
  closed: eventKind(
    { code: z.int().nullable(), reason: z.string() },
    {
      sentence: ({ code, reason }) =>
        say`saw the transport closed ${code === null ? say`without a code` : [`with code ${code}`]}${reason === "" ? [] : say`: ${words(reason)}`}`,
      arrow: ({ code }) => atActor`sees its transport closed${code === null ? [] : [`, ${code}`]}`,
    },
  ),
  /**
   * The target's own end of the actor's WebSocket connection, FIN or RST, arrived at the actor's proxy before any other end.
   * The actor records `closed` later. Not recorded while the actor has other open connections.
   */
  "end-received": eventKind(
    {},
    {
      sentence: () => say`was closed by the target, as its proxy saw`,
      arrow: () => atProxy`the target ends the connection`,
    },
  ),
};
