import { randomInt } from "node:crypto";

/** Session ids as sockjs-client makes them: eight of `a-z0-5`. */
export function newSessionId(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz012345";
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)] ?? "a").join("");
}
