import type { Check } from "../../harness/judge/check.ts";
import type { Ends } from "../../harness/history/events/fault-events.ts";
import type { HistoryEvent, NewEvent } from "../../harness/history/events/events.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import type { Verdict, VerdictKind } from "../../harness/judge/verdict.ts";

/** Event with its time, in milliseconds. */
export type WrittenEvent = [atMs: number, event: NewEvent];

/** Profile for tests, with deadlines of one second, and of one to three for silence. */
export const profile = parseProfile({ name: "a test", otherSilenceMs: 10_000 }, "the test's profile");

/** Profile of a target that announces only the last session of a person. */
export const lastOnly = parseProfile({ sessions: "last" }, "the test's profile");

/** Returns a history of these events. */
export function written(...entries: readonly (readonly [atMs: number, event: NewEvent])[]): HistoryEvent[] {
  return entries.map(([atMs, event], index) => ({ ...event, index, atMs }));
}

/** Returns the events of an actor that connects, subscribes and identifies at one time. */
export const arrives = (
  actor: string,
  atMs: number,
  {
    client = actor,
    heartbeatMs = 0,
    transport = "websocket",
  }: { client?: string | null; heartbeatMs?: number; transport?: string } = {},
): WrittenEvent[] => [
  [atMs, { kind: "opened", actor, transport, sessionId: `id-of-${actor}` }],
  [
    atMs,
    {
      kind: "connected",
      actor,
      version: "1.2",
      clientHeartbeatMs: heartbeatMs,
      serverHeartbeatMs: heartbeatMs,
    },
  ],
  [atMs, { kind: "subscribed", actor, destination: "/topic/", confirmedBy: "receipt" }],
  ...(client === null ? [] : [[atMs, { kind: "identify-sent", actor, client, body: "{}" }] as WrittenEvent]),
];

/** Returns the fault that ends an actor's session, and its witness. */
export const ends = (actor: string, atMs: number, how: Ends = "visibly"): WrittenEvent[] => [
  [atMs, { kind: "fault-injected", actor, fault: "fin", ends: how }],
  [atMs, { kind: "fault-witnessed", actor, fault: "fin", witness: "seen", effectAtMs: atMs }],
];

export const hears = (
  actor: string,
  event: "join" | "leave",
  client: string | null,
  atMs: number,
  claimedBy: "this-case" | "nobody" = "this-case",
): WrittenEvent => [atMs, { kind: "notice", actor, event, client, cause: null, body: "{}", claimedBy }];

export const closes = (actor: string, atMs: number, code = 1006): WrittenEvent => [
  atMs,
  { kind: "closed", actor, code, reason: "gone" },
];

/** Returns the event of a delay of the harness up to `atMs`. */
export const lags = (atMs: number, lagMs: number): WrittenEvent => [
  atMs,
  { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs },
];

export const waitedOut = (atMs: number): WrittenEvent => [
  atMs,
  { kind: "waited-out", actor: "harness", waitedMs: 1000 },
];

/** Returns the events of a settled stage: `ears` receive the join and the leave of a sentinel. */
export const sentinel = (atMs: number, ...ears: string[]): WrittenEvent[] => [
  waitedOut(atMs),
  ...arrives("sentinel-1", atMs),
  ...ears.map((ear) => hears(ear, "join", "sentinel-1", atMs)),
  ...ends("sentinel-1", atMs),
  ...ears.map((ear) => hears(ear, "leave", "sentinel-1", atMs)),
];

/** Bob listens, and has received alice's join. */
export const bobAndAlice = [...arrives("bob", 0), ...arrives("alice", 10), hears("bob", "join", "alice", 12)];

/** Returns the verdict of a check on a history. */
export const verdictOf = (check: Check, events: HistoryEvent[], by = profile, alone = false): Verdict =>
  check.judge({ events, profile: by, alone });

/** Returns the kind of the verdict, by the profile above. */
export const kindOf = (check: Check, events: HistoryEvent[], alone = false): VerdictKind =>
  verdictOf(check, events, profile, alone).kind;

/** Returns the index of an actor's last event of a kind. */
export function placeOf(events: readonly HistoryEvent[], kind: HistoryEvent["kind"], actor: string): number {
  const found = events.findLast((event) => event.kind === kind && event.actor === actor);
  if (found === undefined) throw new Error(`${actor} has no event "${kind}" in this history`);
  return found.index;
}
