import type { EventOf } from "./events/events.ts";
import { messageOf } from "../util/words.ts";

/** The target refused a client: a request of the profile's `before`, or the CONNECT. */
export class Refused extends Error {}

interface RefusalAnswer {
  readonly error: Pick<EventOf<"stomp-error">, "message"> | undefined;
  readonly closed: Pick<EventOf<"closed">, "code" | "reason"> | undefined;
  /** A sentence about the close of an open connection. */
  readonly loss: string | undefined;
  /** Timeout for the answer, in milliseconds. */
  readonly limitMs: number;
}

/** Completes "no CONNECTED" with the answer that arrived instead. An ERROR says more than the close after it. */
export function whyNotLetIn({ error, closed, loss, limitMs }: RefusalAnswer): string {
  if (error !== undefined) return `: the target answered ERROR ${JSON.stringify(error.message)}`;
  if (closed === undefined) return ` in ${limitMs} ms`;
  return `: ${loss ?? `closed with ${closed.code} ${closed.reason}`}`;
}

// Stored histories contain this text, and `isRefusal` finds it there.
const prefix = "a client was refused: ";

/** Returns the error of a scenario that could not go on, in words. */
export function troubleInWords(error: unknown): string {
  const words = messageOf(error);
  return `${error instanceof Refused ? prefix : "the scenario could not go on: "}${words}`;
}

/** Returns true for the words of an error by which a client was refused. */
export const isRefusal = (trouble: string | null | undefined): trouble is string =>
  trouble?.startsWith(prefix) === true;

/** Returns true where the target answered a request with 500 or more. It lives, and the failure is its own. */
export const isServerError = (trouble: string): boolean => /was answered with 5\d\d/.test(trouble);
