import { randomInt } from "node:crypto";

/** Returns a session id as sockjs-client makes it: eight characters of `a-z0-5`. */
export function newSessionId(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz012345";
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)] ?? "a").join("");
}
