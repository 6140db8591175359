import type { Scalar } from "./received-messages.ts";

/** Sense of a notice. */
export type Sense = "leave" | "join";

const vocabulary: Readonly<Record<Sense, ReadonlySet<string>>> = {
  leave: new Set(
    (
      "leave leaves left leaving disconnect disconnects disconnected disconnection logout logoff signout out quit quits " +
      "exit exits exited offline gone close closed part parted bye remove removed end ended away inactive absent"
    ).split(" "),
  ),
  join: new Set(
    (
      "join joins joined joining connect connects connected connection login logon signin in enter enters entered online " +
      "add added new active start started present register registered arrived welcome hello"
    ).split(" "),
  ),
};

const kindKeys = new Set("event type kind action op operation messagetype cmd command".split(" "));
const stateKeys = new Set("status state presence online active connected available".split(" "));
const causeKeys = new Set(
  "cause reason why code detail details description message content text body msg".split(" "),
);
const countKeys = new Set(
  "count counter total size seq sequence number num version length id ts time timestamp date at online users".split(
    " ",
  ),
);
const states = new Set("offline inactive away absent unavailable down".split(" "));

/** Returns the words of a text or an identifier, in lower case. */
export const wordsOf = (text: string): string[] =>
  text
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Returns 1 for a text with the given sense, -1 for the opposite, else 0. */
export function speaksOf(sense: Sense, text: string): -1 | 0 | 1 {
  const words = wordsOf(text);
  if (words.some((word) => vocabulary[sense].has(word))) return 1;
  return words.some((word) => vocabulary[sense === "leave" ? "join" : "leave"].has(word)) ? -1 : 0;
}

const keyWords = (pointer: string): string[] => {
  const key = pointer.slice(pointer.lastIndexOf("/") + 1);
  return [...wordsOf(key), key.toLowerCase()];
};
const isOneOf = (words: ReadonlySet<string>) => (pointer: string) =>
  keyWords(pointer).some((word) => words.has(word));

/** Returns true for a key that usually holds the kind of a message. */
export const saysKind = isOneOf(kindKeys);
export const saysState = isOneOf(stateKeys);
/** Returns true for a key whose value usually differs from notice to notice. */
export const saysWhy = isOneOf(causeKeys);
export const saysCause = isOneOf(new Set(["cause", "reason"]));
const saysCount = isOneOf(countKeys);

/** Times in texts: dates, times of day, long numbers. */
export const times =
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.]{0,20}Z?)?|\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,9})?(?: ?[AaPp][Mm]\b)?|\d{9,}/g;

/** Returns true for a place whose values are the same for two sessions only by accident. */
export function isPassing(pointer: string, value: Scalar): boolean {
  if (typeof value === "string") return value.length > 64 || value.search(times) >= 0;
  if (typeof value !== "number") return false;
  return (
    !Number.isFinite(value) ||
    Math.abs(value) >= 1e8 ||
    (saysCount(pointer) && !(saysState(pointer) && isFlag(value)))
  );
}

const isFlag = (value: Scalar): boolean => value === 0 || value === 1;

/** Returns true for a value that describes a state, not an event, and may be repeated. */
export function isState(pointer: string, value: Scalar): boolean {
  if (typeof value === "boolean") return true;
  if (typeof value === "number") return saysState(pointer) && isFlag(value);
  if (typeof value !== "string") return false;
  const words = wordsOf(value);
  return words.some((word) => states.has(word)) || (saysState(pointer) && words.join(" ") === "disconnected");
}

/** Returns a text as evidence: on one line, and shortened. */
export function quoted(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, " ");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
