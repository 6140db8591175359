import * as z from "zod";
import type { DeepReadonly } from "../../util/deep-readonly.ts";
import type { Arrow, Phrase } from "./phrase.ts";

/** The values of an event's own fields. Every event also has `index`, `atMs`, `actor` and `kind`. */
export type FieldsOf<Shape extends z.ZodRawShape> = keyof Shape extends never
  ? unknown
  : DeepReadonly<z.output<z.ZodObject<Shape>>>;

/** One kind of event: the schema of its fields, and the words for it in reports. */
export interface EventKind<Shape extends z.ZodRawShape> {
  readonly fields: Shape;
  /** Completes a sentence whose subject is the event's actor. */
  readonly sentence: (event: FieldsOf<Shape>) => Phrase;
  /** Returns its label in a sequence diagram, and where that stands. */
  readonly arrow: (event: FieldsOf<Shape>) => Arrow;
}

/** Defines a kind of event, so that the words are checked against the fields. */
export const eventKind = <Shape extends z.ZodRawShape>(
  fields: Shape,
  words: Omit<EventKind<Shape>, "fields">,
): EventKind<Shape> => ({ fields, ...words });

/** A number of things. */
export const quantity = z.int().nonnegative();

/** A time or a duration in milliseconds. */
export const ms = z.number().nonnegative();

/** The headers of a STOMP frame. */
export const headers = z.record(z.string(), z.string());
