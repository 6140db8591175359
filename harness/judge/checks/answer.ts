import { describeCloseCode } from "../../history/sessions/connection-end.ts";
import type { EventOf, HistoryEvent } from "../../history/events/events.ts";
import { seconds } from "../../util/words.ts";

const kinds = ["connected", "stomp-error", "closed", "waited-in-vain"] as const;
type ConnectAnswer = EventOf<(typeof kinds)[number]>;

const isAnswer = (event: HistoryEvent): event is ConnectAnswer =>
  (kinds as readonly HistoryEvent["kind"][]).includes(event.kind);

/** Returns the answer to the actor's first CONNECT, or the wait for it that timed out; undefined where the case did not wait. */
export const answerTo = (actor: string, events: readonly HistoryEvent[]): ConnectAnswer | undefined =>
  events.filter(isAnswer).find((event) => event.actor === actor);

export function answerInWords(answer: ConnectAnswer): string {
  switch (answer.kind) {
    case "connected":
      return `CONNECTED at version ${answer.version}`;
    case "stomp-error":
      return `ERROR "${answer.message}"`;
    case "closed":
      return `the connection was closed ${describeCloseCode(answer)}`;
    case "waited-in-vain":
      return `nothing in ${seconds(answer.waitedMs)}`;
  }
}
