import type { Ends, HistoryEvent } from "../../harness/history/history.ts";
import { countOf, duration, plain } from "./text.ts";

/** Value of the record inside an own sentence: network data or words. */
export interface Slot {
  readonly value: string;
  readonly max: number;
  readonly from: "wire" | "words";
}

/** Own sentence with slots for values. Each report renders the values in its own way. */
export type Phrase = readonly (string | Slot)[];

/** Effect of a fault on the session, and on the target's knowledge of it. */
const consequences: Readonly<Record<Ends, string>> = {
  visibly: "which the target can see",
  silently: "which the target can only infer from what it misses",
  "with-target": "which the target can tell of only when it is up again",
  not: "which its session must live through",
};

/** Describes an event in a line. The subject is the event's actor. */
export function phrase(event: HistoryEvent): Phrase {
  switch (event.kind) {
    case "opened":
      return opened(event);
    case "session-requested":
      return say`asked for the session id ${name(event.sessionId)}`;
    case "connected":
      return say`is connected: STOMP ${name(event.version)}, ${heartbeats(event)}`;
    case "subscribe-sent":
      return say`sent SUBSCRIBE for ${name(event.destination)}`;
    case "subscribed":
      return subscribed(event);
    case "unsubscribed":
      return say`took its subscriptions back`;
    case "identify-sent":
      return say`identified as ${name(event.client)}, sent ${text(event.body)}`;
    case "disconnect-sent":
      return event.receipt ? say`sent DISCONNECT and asked for a receipt` : say`sent DISCONNECT`;
    case "receipt":
      return say`got the receipt ${name(event.of)}`;
    case "notice":
      return say`was told that ${notice(event)}: ${text(event.body)}`;
    case "message":
      return say`got a message on ${name(event.destination)}: ${text(event.body)}`;
    case "wrong-content-length":
      return say`got a frame whose content-length is ${[String(event.declared)]} and whose body has ${[countOf(event.bytes, "byte")]}: ${text(event.frame)}`;
    case "heard":
      return say`heard ${[countOf(event.bytes, "byte")]} of STOMP`;
    case "roster-read":
      return say`was told who is there: ${[countOf(event.clients.length, "actor")]} of this case, ${text(event.clients.join(", "))}`;
    case "before-open":
      return say`got a SockJS frame before the session was opened: ${text(event.frame)}`;
    case "stomp-error":
      return say`got an ERROR: ${text(event.message)}`;
    case "gave-up":
      return gaveUp(event.reason);
    case "closed":
      return say`saw the transport closed ${code(event.code)}${because(event.reason)}`;
    case "end-received":
    case "fault-injected":
    case "fault-witnessed":
    case "fault-forestalled":
    case "fault-healed":
    case "identify-held":
      return fault(event);
    case "last-byte-forwarded":
      return say`sent the last byte that the target can have had, forwarded at ${time(event.forwardedAtMs)}`;
    case "waited-out":
      return say`was waited for ${time(event.waitedMs)}: nothing can still produce a notice`;
    case "waited-in-vain":
      return say`waited ${time(event.waitedMs)} for ${words(event.awaited)}, which did not come`;
    case "overheard":
      return say`heard ${[countOf(event.heard, "leave")]} of ${name(event.client)}, who had ${[countOf(event.sessions, "session")]}${quotes(event.quotes)}`;
    case "target-stopped":
    case "target-started":
      return targetWords[event.kind];
    case "probed":
      return say`was told by the probe of ${[countOf(event.mappings, "mapping")]}${openSessions(event.sessions)}${tellings(event.told)}`;
    case "frame-sent":
      return say`sent ${name(event.command)}, with the headers ${text(JSON.stringify(event.headers))}`;
    case "passed-by":
      return say`came as ${name(event.client)}, by ${name(event.transport)}, and ended by ${words(event.fault)}: ${words(event.witness ?? "nothing shows it")}`;
    case "sentinel-ended":
      return say`ended the sentinel session ${name(event.client)}`;
    case "harness-lagged":
      return say`was itself late${lateness(event)}`;
    case "session-id-read":
      return say`read ${sessionId(event.read)} in the page; the browser requested ${sessionId(event.requested)}`;
  }
}

type EventKind<Kind extends HistoryEvent["kind"]> = Extract<HistoryEvent, { readonly kind: Kind }>;

const opened = ({ transport, sessionId: id }: EventKind<"opened">): Phrase =>
  say`opened ${name(transport)}${itsSessionId(id)}`;

function subscribed({ destination, confirmedBy }: EventKind<"subscribed">): Phrase {
  return confirmedBy === "receipt"
    ? say`subscribed to ${name(destination)}, confirmed by a receipt`
    : say`subscribed to ${name(destination)}; no receipt confirms it, only time that passed`;
}

function gaveUp(reason: string | undefined): Phrase {
  return reason === undefined
    ? say`missed the target's heartbeats, and closes its connection by itself`
    : say`can't read what came, and closes its connection by itself: ${text(reason)}`;
}

const targetWords = {
  "target-stopped": say`asked the target to stop`,
  "target-started": say`has the target up again, after it was killed`,
};

function fault(
  event: EventKind<
    | "end-received"
    | "identify-held"
    | "fault-injected"
    | "fault-witnessed"
    | "fault-forestalled"
    | "fault-healed"
  >,
): Phrase {
  switch (event.kind) {
    case "identify-held":
      return say`has its identify on the way, held until the next fault begins (${[countOf(event.bytes, "byte")]})`;
    case "end-received":
      return say`was closed by the target, as its proxy saw`;
    case "fault-injected":
      return say`suffers ${words(event.fault)}, ${[consequences[event.ends]]}`;
    case "fault-witnessed":
      return say`${words(event.fault)} took effect: ${words(event.witness)}`;
    case "fault-forestalled":
      return say`had lost its connection before ${words(event.fault)} could touch it`;
    case "fault-healed":
      return say`${words(event.fault)} is over`;
  }
}

/** Returns `phrase` as plain text, with network data in quotation marks. */
export function describe(event: HistoryEvent): string {
  return phrase(event)
    .map((part) => (typeof part === "string" ? part : quoted(part)))
    .join("");
}

function quoted({ value, max, from }: Slot): string {
  return from === "words" ? plain(value, max) : `\u201C${plain(value, max)}\u201D`;
}

/** Builds a phrase. Its type admits only slots and phrases, so that no raw string of a record gets in. */
function say(own: TemplateStringsArray, ...parts: readonly (Slot | Phrase)[]): Phrase {
  return own.flatMap((piece, index) => {
    const part = parts[index];
    return part === undefined ? [piece] : [piece, ...("value" in part ? [part] : part)];
  });
}

function name(value: string): Slot {
  return { value, max: 80, from: "wire" };
}

function text(value: string): Slot {
  return { value, max: 240, from: "wire" };
}

function words(value: string): Slot {
  return { value, max: 240, from: "words" };
}

function time(ms: number): Phrase {
  return [duration(ms)];
}

function code(value: number | null): Phrase {
  return value === null ? say`without a code` : [`with code ${value}`];
}

function because(reason: string): Phrase {
  return reason === "" ? [] : say`: ${words(reason)}`;
}

function itsSessionId(value: string | null): Phrase {
  return value === null ? say`, which has no session id` : say` with session id ${name(value)}`;
}

function sessionId(value: string | null): Phrase {
  return value === null ? say`no session id` : say`session id ${name(value)}`;
}

function openSessions(sessions: number | null): Phrase {
  return sessions === null ? [] : say` and ${[countOf(sessions, "open session")]}`;
}

function tellings(told: Extract<HistoryEvent, { readonly kind: "probed" }>["told"]): Phrase {
  if (told.length === 0) return [];
  return say`, and of ${text(told.map(({ about, command }) => `${about} ${command}`).join(", "))}`;
}

function quotes(told: Extract<HistoryEvent, { readonly kind: "overheard" }>["quotes"] = []): Phrase {
  return told.flatMap(({ atMs, body }) => say`; ${text(body)} at ${time(atMs)}`);
}

function lateness({
  source,
  lagMs,
  sumMs = lagMs,
  overMs = lagMs,
}: Extract<HistoryEvent, { readonly kind: "harness-lagged" }>): Phrase {
  if (source === "proxy") return say`: its proxy took ${time(lagMs)}`;
  return sumMs > lagMs ? say` by ${time(sumMs)} in all, within ${time(overMs)}` : say` by ${time(lagMs)}`;
}

function heartbeats(event: Extract<HistoryEvent, { readonly kind: "connected" }>): Phrase {
  const { clientHeartbeatMs: client, serverHeartbeatMs: server } = event;
  if (client === 0 && server === 0) return say`no heartbeats`;
  return say`heartbeats ${client === 0 ? say`none` : say`every ${time(client)}`} from the client, ${
    server === 0 ? say`none` : say`every ${time(server)}`
  } from the server`;
}

function notice(event: Extract<HistoryEvent, { readonly kind: "notice" }>): Phrase {
  const who = event.client === null ? say`somebody unnamed` : say`${name(event.client)}`;
  const what = event.event === "join" ? say`joined` : say`left`;
  const cause = event.cause === null ? say`` : say` (cause ${name(event.cause)})`;
  const claim = event.claimedBy === "nobody" ? say`, a notice that no case claims` : say``;
  return say`${who} ${what}${cause}${claim}`;
}
