import type { Check } from "../../harness/judge/check.ts";
import type { Ends } from "../../harness/history/events/fault-events.ts";
import type { HistoryEvent, NewEvent } from "../../harness/history/events/events.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import type { Verdict, VerdictKind } from "../../harness/judge/verdict.ts";

/** A profile for tests: deadlines of one second, silence of one to three. */
export const profile = parseProfile({ name: "a test", otherSilenceMs: 10_000 }, "the test's profile");

/** The same where only the last of a person's sessions is announced. */
export const lastOnly = parseProfile({ sessions: "last" }, "the test's profile");

/** A history written by hand: pairs of a time in milliseconds and what happened then. */
export function written(...entries: readonly (readonly [atMs: number, event: NewEvent])[]): HistoryEvent[] {
  return entries.map(([atMs, event], index) => ({ ...event, index, atMs }));
}

/** An actor's way through the flow, in one go. */
export const arrives = (
  actor: string,
  atMs: number,
  {
    client = actor,
    heartbeatMs = 0,
    transport = "websocket",
  }: { client?: string | null; heartbeatMs?: number; transport?: string } = {},
): [number, NewEvent][] => [
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
  ...(client === null
    ? []
    : [[atMs, { kind: "identify-sent", actor, client, body: "{}" }] as [number, NewEvent]]),
];

/** The harness ends an actor's session, with its witness. */
export const ends = (actor: string, atMs: number, how: Ends = "visibly"): [number, NewEvent][] => [
  [atMs, { kind: "fault-injected", actor, fault: "fin", ends: how }],
  [atMs, { kind: "fault-witnessed", actor, fault: "fin", witness: "seen", effectAtMs: atMs }],
];

export const hears = (
  actor: string,
  event: "join" | "leave",
  client: string | null,
  atMs: number,
  claimedBy: "this-case" | "nobody" = "this-case",
): [number, NewEvent] => [atMs, { kind: "notice", actor, event, client, cause: null, body: "{}", claimedBy }];

export const closes = (actor: string, atMs: number, code = 1006): [number, NewEvent] => [
  atMs,
  { kind: "closed", actor, code, reason: "gone" },
];

/** The harness notes at `atMs` that it was held up until then. */
export const lags = (atMs: number, lagMs: number): [number, NewEvent] => [
  atMs,
  { kind: "harness-lagged", actor: "harness", source: "event-loop", lagMs },
];

export const waitedOut = (atMs: number): [number, NewEvent] => [
  atMs,
  { kind: "waited-out", actor: "harness", waitedMs: 1000 },
];

/** Everything is waited out, and `ears` hear a sentinel come and go. */
export const sentinel = (atMs: number, ...ears: string[]): [number, NewEvent][] => [
  waitedOut(atMs),
  ...arrives("sentinel-1", atMs),
  ...ears.map((ear) => hears(ear, "join", "sentinel-1", atMs)),
  ...ends("sentinel-1", atMs),
  ...ears.map((ear) => hears(ear, "leave", "sentinel-1", atMs)),
];

/** Bob listens, and has heard alice come. */
export const bobAndAlice = [...arrives("bob", 0), ...arrives("alice", 10), hears("bob", "join", "alice", 12)];

/** What a check says of a history, in full. */
export const verdictOf = (check: Check, events: HistoryEvent[], by = profile, alone = false): Verdict =>
  check.judge({ events, profile: by, alone });

/** The same in one word, by this profile. */
export const kindOf = (check: Check, events: HistoryEvent[], alone = false): VerdictKind =>
  verdictOf(check, events, profile, alone).kind;

/** Where the last event of a kind stands that this actor saw or did. */
export function placeOf(events: readonly HistoryEvent[], kind: HistoryEvent["kind"], actor: string): number {
  const found = events.findLast((event) => event.kind === kind && event.actor === actor);
  if (found === undefined) throw new Error(`${actor} has no event "${kind}" in this history`);
  return found.index;
}
