import type { z } from "zod";
import type { notices } from "../../harness/profile/telling.ts";
import type { Message, Naming } from "./heard.ts";

/** The profile's `notice` as it is written. */
export type NoticeInput = z.input<typeof notices>;
export type Pattern = NonNullable<NoticeInput["leave"]>;

/** One way to read what was heard. */
export interface Reading {
  /** On which it is told, with `{name}` for values of the session's. */
  readonly destination: string;
  /** By which it names somebody; null where it names nobody. */
  readonly naming: Naming | null;
  /** Without the topic. */
  readonly pattern: Pattern;
  /** The messages that it rests on: at least one of each session that it covers. */
  readonly rests: readonly Message[];
  /** What stays unsure. */
  readonly doubts: readonly string[];
  /** Whom a message of the destination names; null for nobody, undefined where it is no such notice. */
  readonly reads: (message: Message) => string | null | undefined;
  /** How well it fits, the weightiest first. */
  readonly rank: readonly number[];
}

/** How many of the sessions a reading covers. */
export const covers = ({ rests }: Pick<Reading, "rests">): number =>
  new Set(rests.map(({ session }) => session)).size;
