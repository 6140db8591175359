import type { z } from "zod";
import type { notices } from "../../harness/profile/notices.ts";
import type { Message, Naming } from "./received-messages.ts";

/** Profile's `notice` as its author writes it. */
export type NoticeInput = z.input<typeof notices>;
export type Pattern = NonNullable<NoticeInput["leave"]>;

/** Reading of the received messages. */
export interface Reading {
  /** Destination, with `{name}` for values of the session. */
  readonly destination: string;
  /** Way of naming; null for notices that name nobody. */
  readonly naming: Naming | null;
  /** Pattern without its topic. */
  readonly pattern: Pattern;
  /** Messages behind the reading: at least one of each session that it covers. */
  readonly rests: readonly Message[];
  /** Doubts about the reading. */
  readonly doubts: readonly string[];
  /** Returns the name in a message of the destination; null for nobody, undefined for another message. */
  readonly reads: (message: Message) => string | null | undefined;
  /** Quality of the reading, the weightiest part first. */
  readonly rank: readonly number[];
}

/** Returns the number of sessions that a reading covers. */
export const covers = ({ rests }: Pick<Reading, "rests">): number =>
  new Set(rests.map(({ session }) => session)).size;
