import { randomInt } from "node:crypto";

const prefix = "hup";
const characters = 6;
const length = prefix.length + characters;

/**
 * Returns a token for the names of one run's clients. A later run on the same target, or one at the same time, can tell that such a
 * name is not its own.
 */
export const newRunToken = (): string =>
  prefix +
  randomInt(36 ** characters)
    .toString(36)
    .padStart(characters, "0");

/** Returns the part of an attempt's token that all attempts of its run share. */
export const runOf = (token: string): string => token.slice(0, length);

/** Returns true for an attempt's token of a run that is not among these. */
export const isOfAnotherRun = (token: string, runs: ReadonlySet<string>): boolean =>
  token.startsWith(prefix) && token.length > length && !runs.has(runOf(token));
