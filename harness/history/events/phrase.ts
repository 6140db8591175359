import { countOf, duration } from "../../util/words.ts";

/** A value inside a sentence. It came over the wire, or it is the harness's own words. Reports show at most `max` characters. */
export interface Slot {
  readonly value: string;
  readonly max: number;
  readonly from: "wire" | "words";
}

/** A sentence with slots for values, so that each report can mark the values in its own way. */
export type Phrase = readonly (string | Slot)[];

/** A label in a sequence diagram, and its place there: an arrow from or to the event's actor, or a point. */
export interface Arrow {
  readonly way: "sent" | "received" | "actor" | "proxy" | "target" | "all";
  readonly label: Phrase;
}

/** Builds a phrase. It takes only slots and phrases: a bare string from a record does not compile. */
export function say(own: TemplateStringsArray, ...parts: readonly (Slot | Phrase)[]): Phrase {
  return own.flatMap((piece, index) => {
    const part = parts[index];
    return part === undefined ? [piece] : [piece, ...("value" in part ? [part] : part)];
  });
}

const labelledAs =
  (way: Arrow["way"]) =>
  (own: TemplateStringsArray, ...parts: readonly (Slot | Phrase)[]): Arrow => ({
    way,
    label: say(own, ...parts),
  });

/** Builds an arrow from the actor to the target. */
export const sent = labelledAs("sent");
/** Builds an arrow from the target to the actor. */
export const received = labelledAs("received");
/** Builds a point on the actor's lifeline. */
export const atActor = labelledAs("actor");
/** Builds a point on the lifeline of the actor's proxy. */
export const atProxy = labelledAs("proxy");
/** Builds a point on the target's lifeline. */
export const atTarget = labelledAs("target");
/** Builds a line across all lifelines. */
export const atAll = labelledAs("all");

/** A short value from the wire, such as a name or a destination. */
export const name = (value: string): Slot => ({ value, max: 80, from: "wire" });

/** A longer value from the wire, such as a message's body. */
export const text = (value: string): Slot => ({ value, max: 240, from: "wire" });

/** Words of the harness. */
export const words = (value: string): Slot => ({ value, max: 240, from: "words" });

/** A duration in milliseconds. */
export const time = (ms: number): Phrase => [duration(ms)];

/** A number without a unit. */
export const number = (value: number): Phrase => [String(value)];

/** A number of things: `2 leaves`. */
export const amount = (value: number, noun: string): Phrase => [countOf(value, noun)];
