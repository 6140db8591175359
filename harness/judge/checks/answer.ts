import { codeInWords } from "../../history/sessions/connection-end.ts";
import type { EventOf, HistoryEvent } from "../../history/events/events.ts";
import { seconds } from "../../util/words.ts";

const kinds = ["connected", "stomp-error", "closed", "waited-in-vain"] as const;
type Answer = EventOf<(typeof kinds)[number]>;

const isAnswer = (event: HistoryEvent): event is Answer =>
  (kinds as readonly HistoryEvent["kind"][]).includes(event.kind);

/** What the actor's first CONNECT was answered with, or that nothing came; undefined where nobody waited for it. */
export const answerTo = (actor: string, events: readonly HistoryEvent[]): Answer | undefined =>
  events.filter(isAnswer).find((event) => event.actor === actor);

export function answerInWords(answer: Answer): string {
  switch (answer.kind) {
    case "connected":
      return `CONNECTED at version ${answer.version}`;
    case "stomp-error":
      return `ERROR "${answer.message}"`;
    case "closed":
      return `the connection was closed ${codeInWords(answer)}`;
    case "waited-in-vain":
      return `nothing in ${seconds(answer.waitedMs)}`;
  }
}
