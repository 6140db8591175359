import { z } from "zod";
import { match, pattern, pointer, rosterPlaces } from "./pieces.ts";
import { namesIn, template } from "./template.ts";

const topic = template.optional().describe("Topic of this notice, instead of the profile's `topic`.");

/** Returns the name in a text; undefined for a text that is no such notice. */
export type ReadText = (text: string) => string | undefined;

/** Pattern of a join or leave notice. A message must fit all of `topic`, `match`, `text` and `pattern` that are given. */
const notice = z
  .strictObject({
    topic,
    match: match.optional().describe("Values that the notice's JSON holds, by JSON pointer."),
    client: pointer
      .optional()
      .describe(
        "Place of the client's name in the JSON. Left out if a text names the client, or nothing does.",
      ),
    at: pointer.optional().describe("Place of the text in the JSON. Left out if the message is the text."),
    text: z
      .union([z.string().min(1), z.custom<ReadText>((value) => typeof value === "function")], {
        error: 'must be a string such as "{client} has left", or a function that reads one',
      })
      .optional()
      .describe("Text as a template, with {client} for the name."),
    pattern: pattern.optional().describe("Text as a regular expression, with (?<client>…) for the name."),
    cause: pointer.optional().describe("Place of the cause in the JSON, if there is one."),
  })
  .describe("A message must fit all of `topic`, `match`, `text` and `pattern` that are given.");

const roster = z.strictObject({
  topic,
  match: match.optional().describe("Further values that the list's message holds, by JSON pointer."),
  ...rosterPlaces,
});

/** Roster that a client requests by subscribing, once. */
export const rosterOnDemand = z.strictObject({
  destination: template.describe("Destination to subscribe to."),
  ...rosterPlaces,
});

export const notices = z.strictObject({
  join: notice.optional().describe("Join notice. Left out if joins are not announced."),
  leave: notice.optional().describe("Leave notice."),
  roster: roster
    .optional()
    .describe(
      "Instead of both: a list of the clients that are present, or several lists. A client missing from all of them has left.",
    ),
  names: template
    .default("{client}")
    .describe(
      "Name in a notice: {client}, the transport's {sessionId}, or a value taken from an answer by `before`.",
    ),
  repeats: z
    .boolean()
    .default(false)
    .describe("True if the same notice may be repeated without another leave, like a status flag."),
});

/** Returns true for a notice that names a client. */
export const namesWhom = ({ client, ...texts }: Wording): boolean => client !== undefined || textNames(texts);

/** Returns true for a text that names a client. A function is trusted to return a name. */
export const textNames = ({ text, pattern: expression }: Wording): boolean =>
  typeof text === "function" ||
  namesIn(text).includes("client") ||
  (typeof expression === "string" && expression.includes("(?<client>"));

interface Wording {
  readonly client?: unknown;
  readonly text?: unknown;
  readonly pattern?: unknown;
}
