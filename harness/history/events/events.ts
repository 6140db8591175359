import * as z from "zod";
import { ms, quantity, type FieldsOf } from "./event-kind.ts";
import { faultEvents } from "./fault-events.ts";
import { harnessEvents } from "./harness-events.ts";
import type { Arrow, Phrase } from "./phrase.ts";
import { receivedEvents } from "./received-events.ts";
import { sessionEvents } from "./session-events.ts";

/** Every kind of event. A new kind is one entry in one of these tables. */
const eventKinds = { ...sessionEvents, ...receivedEvents, ...faultEvents, ...harnessEvents };

type EventKinds = typeof eventKinds;

/** An event without its place in a history. Times are milliseconds on the harness's monotonic clock, since the case began. */
type Occurrence = {
  [Kind in keyof EventKinds]: { readonly kind: Kind } & FieldsOf<EventKinds[Kind]["fields"]>;
}[keyof EventKinds];

/** An occurrence before the history adds index and time. `actor` saw it or did it. */
export type NewEvent = Occurrence & { readonly actor: string };

/**
 * One entry of a history. `atMs` is when the harness learned of it. Of a notice, it is the latest time at which the notice can
 * have reached the actor.
 */
export type HistoryEvent = NewEvent & { readonly index: number; readonly atMs: number };

/** The events of one kind. */
export type EventOf<K extends HistoryEvent["kind"]> = Extract<HistoryEvent, { kind: K }>;

/** Returns the events of one kind, in order. */
export function ofKind<K extends HistoryEvent["kind"]>(
  events: readonly HistoryEvent[],
  kind: K,
): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

const schemas = Object.entries(eventKinds).map(([kind, { fields }]) =>
  z.strictObject({ index: quantity, atMs: ms, actor: z.string(), kind: z.literal(kind), ...fields }),
);

/** The events of a stored history. An unknown key is an error. */
export const historyEvent = z
  .discriminatedUnion("kind", schemas as [(typeof schemas)[number]])
  .meta({ id: "HistoryEvent" }) as unknown as z.ZodType<HistoryEvent>;

/** Looks up the words for an event. TypeScript cannot see that the entry fits the event. */
const wordsFor = (event: HistoryEvent) =>
  eventKinds[event.kind] as unknown as {
    readonly sentence: (event: HistoryEvent) => Phrase;
    readonly arrow: (event: HistoryEvent) => Arrow;
  };

/** Returns a sentence about the event. Its subject, the event's actor, is left out. */
export const sentenceOf = (event: HistoryEvent): Phrase => wordsFor(event).sentence(event);

/** Returns the event's label in a sequence diagram, and where that stands. */
export const arrowOf = (event: HistoryEvent): Arrow => wordsFor(event).arrow(event);
