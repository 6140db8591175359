import type { EventOf } from "./events/events.ts";

/** The target did not let a client in: it refused a request of the profile's `before`, or the CONNECT. */
export class Refused extends Error {}

interface Answer {
  readonly error: Pick<EventOf<"stomp-error">, "message"> | undefined;
  readonly closed: Pick<EventOf<"closed">, "code" | "reason"> | undefined;
  /** Who closed an open connection, in words. */
  readonly loss: string | undefined;
  /** How long an answer was waited for, in milliseconds. */
  readonly limitMs: number;
}

/** Returns what came in place of CONNECTED, in words that follow "no CONNECTED". An ERROR says more than the close after it. */
export function whyNotLetIn({ error, closed, loss, limitMs }: Answer): string {
  if (error !== undefined) return `: the target answered ERROR ${JSON.stringify(error.message)}`;
  if (closed === undefined) return ` in ${limitMs} ms`;
  return `: ${loss ?? `closed with ${closed.code} ${closed.reason}`}`;
}

const prefix = "a client was refused: ";

/** Returns the trouble of a scenario that could not go on, in words. */
export function troubleInWords(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return `${error instanceof Refused ? prefix : "the scenario could not go on: "}${words}`;
}

/** Returns true for the trouble of a scenario in which a client was refused. */
export const isRefusal = (trouble: string | null | undefined): trouble is string =>
  trouble?.startsWith(prefix) === true;

/** Returns true where a request was answered with 500 or more: the target lives, and is to blame. */
export const isServerError = (trouble: string): boolean => /was answered with 5\d\d/.test(trouble);
