import { isProbe } from "../../history/probe-message.ts";
import { ofKind, type EventOf, type HistoryEvent } from "../../history/events/events.ts";
import { seconds } from "../../util/words.ts";

/** Maximal number of quoted messages. */
const quotedMax = 2;

/** Maximal length of each, in characters. */
const charactersMax = 200;

/** Returns a message in quotation marks, on one line, cut to 200 characters. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text);

/**
 * Quotes the messages about this case that an observer received in place of a due notice: frames with a wrong content-length,
 * notices under names that no client gave, messages that the profile does not read as notices.
 * @param since the index of the event after which messages count
 * @returns `words`, which complete a sentence and are empty if nothing came, and as `evidence` the indices of the events quoted
 */
export function receivedInstead(
  events: readonly HistoryEvent[],
  observer: string,
  since: number,
): { readonly words: string; readonly evidence: readonly number[] } {
  const given = new Set(ofKind(events, "identify-sent").map(({ client }) => client));
  const token = tokenIn(events);
  const received = events.flatMap((event) => {
    if (event.actor !== observer || event.index <= since) return [];
    const words = wordsOf(event, given, token);
    return words === undefined ? [] : [{ index: event.index, words: `${words} at ${seconds(event.atMs)}` }];
  });
  // A broken frame explains the messages after it.
  const broken = received.find(({ index }) => events[index]?.kind === "wrong-content-length");
  const first = broken === undefined ? received.slice(0, quotedMax) : [broken];
  return {
    words: first.length === 0 ? "" : `; it received ${first.map(({ words }) => words).join(", and ")}`,
    evidence: first.map(({ index }) => index),
  };
}

function wordsOf(
  event: HistoryEvent,
  given: ReadonlySet<string>,
  token: string | undefined,
): string | undefined {
  switch (event.kind) {
    case "wrong-content-length":
      return `a frame whose content-length is ${event.declared} and whose body has ${event.bytes} bytes, ${quoted(event.frame)},`;
    case "notice":
      return event.client !== null && given.has(event.client) ? undefined : quoted(event.body);
    case "message":
      if (isProbe(event.body)) return undefined;
      return token !== undefined && event.body.includes(token) ? quoted(event.body) : undefined;
    default:
      return undefined;
  }
}

/** Returns the part of the names in this case that other cases do not have: the part after the actor's own name. */
export function tokenIn(events: readonly HistoryEvent[]): string | undefined {
  const suffix = ({ actor, client }: EventOf<"identify-sent">) =>
    client.includes(`${actor}-`) ? /^[\da-z]+/.exec(client.split(`${actor}-`)[1] ?? "")?.[0] : undefined;
  return ofKind(events, "identify-sent")
    .map(suffix)
    .find((token) => token !== undefined);
}
