import { nameIn, type Message, type Naming } from "./heard.ts";
import type { Pair } from "./match.ts";
import { placesOf } from "./text.ts";
import type { Sense } from "./words.ts";

/** Where messages name a session: as all of a scalar, or within a text. No pointer stands for the body. */
export interface Spot {
  readonly destination: string;
  readonly naming: Naming;
  readonly pointer: string | undefined;
  readonly whole: boolean;
  readonly positives: Message[];
}

/** What is to be read. */
export interface Asked {
  readonly sense: Sense;
  readonly messages: readonly Message[];
  readonly namings: readonly Naming[];
  /** What need not be told apart, since it is read before. */
  readonly readBefore?: (message: Message) => boolean;
}

/** What the session that a message was heard around is called. */
export const ownName = ({ session }: Message, { of }: Naming): string => of[session] ?? "";

/** Client data before session ids, few conditions before many, what lies near before what lies deep. */
export const nearness = ({ naming, pointer = "" }: Spot, match: readonly Pair[]): number[] => [
  naming.key === "client" ? 2 : naming.key === "sessionId" ? 1 : 0,
  -match.length,
  -pointer.split("/").length,
  -pointer.length,
];

/** What is part of a match names none of the sessions, and is not in the place of a name. */
export function usableFor(namings: readonly Naming[], pointer: string) {
  const names = namings.flatMap(({ of }) => of);
  return ([place, value]: Pair): boolean =>
    place !== pointer &&
    place !== "" &&
    !names.some(
      (name) => nameIn(value) === name || (typeof value === "string" && placesOf(value, name).length > 0),
    );
}
