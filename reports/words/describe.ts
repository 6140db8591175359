import { sentenceOf, type HistoryEvent } from "../../harness/history/events/events.ts";
import type { Slot } from "../../harness/history/events/phrase.ts";
import { plain } from "./text.ts";

/** Returns the sentence about an event as plain text, with values from the wire in quotation marks. */
export const describe = (event: HistoryEvent): string =>
  sentenceOf(event)
    .map((part) => (typeof part === "string" ? part : quoted(part)))
    .join("");

function quoted({ value, max, from }: Slot): string {
  return from === "words" ? plain(value, max) : `\u201C${plain(value, max)}\u201D`;
}
