import type { EventOf, HistoryEvent } from "../../harness/history/history.ts";
import { countOf, duration, show } from "../words/text.ts";

/** Event in a few words for an arrow, with its direction: to the target, back, or at its actor. */
export interface SequenceStep {
  readonly way: "sent" | "got" | "actor" | "proxy" | "target" | "all";
  readonly label: string;
}

/** Number of characters of a value that an arrow shows. */
const valueShown = 80;

const short = (value: string): string => show(value, valueShown).text;

export function stepOf(event: HistoryEvent): SequenceStep {
  switch (event.kind) {
    case "opened":
      return sent(`opens ${short(event.transport)}`);
    case "session-requested":
      return sent(`asks for session ${short(event.sessionId)}`);
    case "subscribe-sent":
      return sent(`SUBSCRIBE ${short(event.destination)}`);
    case "subscribed":
      return event.confirmedBy === "receipt"
        ? { way: "got", label: `RECEIPT for ${short(event.destination)}` }
        : { way: "actor", label: `is subscribed to ${short(event.destination)}` };
    case "unsubscribed":
      return sent("UNSUBSCRIBE");
    case "identify-sent":
      return sent(`identifies as ${short(event.client)}`);
    case "disconnect-sent":
      return sent(event.receipt ? "DISCONNECT, asks for a receipt" : "DISCONNECT");
    case "frame-sent":
      return sent(short(event.command));
    case "connected":
    case "receipt":
    case "notice":
    case "message":
    case "wrong-content-length":
    case "heard":
    case "roster-read":
    case "before-open":
    case "stomp-error":
      return { way: "got", label: heardWords(event) };
    case "fault-injected":
    case "fault-witnessed":
    case "fault-forestalled":
    case "fault-healed":
    case "identify-held":
    case "end-received":
    case "last-byte-forwarded":
      return { way: "proxy", label: proxyWords(event) };
    case "target-stopped":
      return { way: "target", label: "is asked to stop" };
    case "target-started":
      return { way: "target", label: "is up again" };
    case "probed":
      return { way: "target", label: `its probe tells of ${countOf(event.mappings, "mapping")}` };
    case "waited-out":
    case "sentinel-ended":
    case "passed-by":
    case "harness-lagged":
      return { way: "all", label: harnessWords(event) };
    case "gave-up":
    case "closed":
    case "waited-in-vain":
    case "overheard":
    case "session-id-read":
      return { way: "actor", label: ownWords(event) };
  }
}

const sent = (label: string): SequenceStep => ({ way: "sent", label });

function heardWords(
  event: EventOf<
    | "connected"
    | "receipt"
    | "notice"
    | "message"
    | "wrong-content-length"
    | "heard"
    | "roster-read"
    | "before-open"
    | "stomp-error"
  >,
): string {
  switch (event.kind) {
    case "connected":
      return `CONNECTED ${short(event.version)}, heartbeats ${event.clientHeartbeatMs},${event.serverHeartbeatMs}`;
    case "receipt":
      return `RECEIPT ${short(event.of)}`;
    case "notice":
      return `${event.event} of ${event.client === null ? "somebody" : short(event.client)}`;
    case "message":
      return `MESSAGE ${short(event.destination)}`;
    case "wrong-content-length":
      return `MESSAGE: content-length ${event.declared}, body ${countOf(event.bytes, "byte")}`;
    case "heard":
      return countOf(event.bytes, "byte");
    case "roster-read":
      return `roster: ${event.clients.length === 0 ? "nobody" : short(event.clients.slice(0, 20).join(", "))}`;
    case "before-open":
      return "a SockJS frame before the opening one";
    case "stomp-error":
      return `ERROR ${short(event.message)}`;
  }
}

function proxyWords(
  event: EventOf<
    | "fault-injected"
    | "fault-witnessed"
    | "fault-forestalled"
    | "fault-healed"
    | "identify-held"
    | "end-received"
    | "last-byte-forwarded"
  >,
): string {
  switch (event.kind) {
    case "fault-injected":
      return `fault: ${short(event.fault)}`;
    case "fault-witnessed":
      return `witness: ${short(event.witness)}`;
    case "fault-forestalled":
      return `no connection left for ${short(event.fault)}`;
    case "fault-healed":
      return `${short(event.fault)} is over`;
    case "identify-held":
      return "identify is held until a fault begins";
    case "end-received":
      return "the target ends the connection";
    case "last-byte-forwarded":
      return "last byte";
  }
}

function harnessWords(
  event: EventOf<"waited-out" | "sentinel-ended" | "passed-by" | "harness-lagged">,
): string {
  switch (event.kind) {
    case "waited-out":
      return `${duration(event.waitedMs)} waited: nothing more can be due`;
    case "sentinel-ended":
      return "a throwaway session ends: who still listens?";
    case "passed-by":
      return `${short(event.client)} came and ended by ${short(event.fault)}`;
    case "harness-lagged":
      return `the harness itself was late by ${duration(event.lagMs)}`;
  }
}

function ownWords(
  event: EventOf<"gave-up" | "closed" | "waited-in-vain" | "overheard" | "session-id-read">,
): string {
  switch (event.kind) {
    case "gave-up":
      return event.reason === undefined
        ? "missed heartbeats, and closes"
        : "can't read what came, and closes";
    case "closed":
      return `sees its transport closed${event.code === null ? "" : `, ${event.code}`}`;
    case "waited-in-vain":
      return `waits ${duration(event.waitedMs)} in vain for ${short(event.awaited)}`;
    case "overheard":
      return `hears ${countOf(event.heard, "leave")} of ${countOf(event.sessions, "session")}`;
    case "session-id-read":
      return `reads ${event.read === null ? "no session id" : `session id ${short(event.read)}`}`;
  }
}
