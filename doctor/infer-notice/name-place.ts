import { nameIn, type Message, type Naming } from "./received-messages.ts";
import type { Pair } from "./match.ts";
import { placesOf } from "./text.ts";
import type { Sense } from "./words.ts";

/** Place of a name in messages: a whole scalar, or part of a text. Without a pointer, the body. */
export interface NamePlace {
  readonly destination: string;
  readonly naming: Naming;
  readonly pointer: string | undefined;
  readonly whole: boolean;
  readonly positives: Message[];
}

/** Messages to read. */
export interface NameQuestion {
  readonly sense: Sense;
  readonly messages: readonly Message[];
  readonly namings: readonly Naming[];
  /** Messages that an earlier pattern reads. */
  readonly readBefore?: (message: Message) => boolean;
}

/** Returns the name of the session that a message belongs to. */
export const ownName = ({ session }: Message, { of }: Naming): string => of[session] ?? "";

/** Rates a reading: client data before session ids, few conditions before many, shallow places before deep ones. */
export const nearness = ({ naming, pointer = "" }: NamePlace, match: readonly Pair[]): number[] => [
  naming.key === "client" ? 2 : naming.key === "sessionId" ? 1 : 0,
  -match.length,
  -pointer.split("/").length,
  -pointer.length,
];

/** Returns true for a scalar that is neither a name of a session nor in the place of one. */
export function usableFor(namings: readonly Naming[], pointer: string) {
  const names = namings.flatMap(({ of }) => of);
  return ([place, value]: Pair): boolean =>
    place !== pointer &&
    place !== "" &&
    !names.some(
      (name) => nameIn(value) === name || (typeof value === "string" && placesOf(value, name).length > 0),
    );
}
