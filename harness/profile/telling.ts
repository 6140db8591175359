import { z } from "zod";
import { match, pattern, pointer, whole } from "./pieces.ts";
import { namesIn, template } from "./template.ts";

const topic = template.optional().describe("Where it is told, in place of the profile's `topic`.");

/** Returns the name in a text; undefined for a text that is no such notice. */
export type ReadText = (text: string) => string | undefined;

/** Pattern of a join or leave notice. A message must fit all of `topic`, `match`, `text` and `pattern` that are given. */
const notice = z
  .strictObject({
    topic,
    match: match.optional().describe("What the notice's JSON holds, by JSON pointer."),
    client: pointer.optional().describe("Where its JSON says who; left out where a text does, or nothing."),
    at: pointer.optional().describe("Where its JSON holds the text; left out where the message is the text."),
    text: z
      .union([z.string().min(1), z.custom<ReadText>((value) => typeof value === "function")], {
        error: 'must be a text such as "{client} has left", or a function that reads one',
      })
      .optional()
      .describe("The text as a template, with {client} for whom it names."),
    pattern: pattern
      .optional()
      .describe("The same as a regular expression, in which (?<client>…) is whom it names."),
    cause: pointer.optional().describe("Where it says why, if it does."),
  })
  .describe("What is given of `topic`, `match`, `text` and `pattern` must all be so.");

const roster = z.strictObject({
  topic,
  match: match.optional().describe("What else the list's message holds, by JSON pointer."),
  list: whole.describe('Where the list is; "" where the message is the list.'),
  client: whole.describe('Where an entry says who; "" where the entry itself does.'),
});

/** Roster that a client requests by subscribing, once. */
export const rosterOnDemand = z.strictObject({
  destination: template.describe("What a client subscribes to."),
  list: whole.describe('Where the list is; "" where the message is the list.'),
  client: whole.describe('Where an entry says who, as notices do; "" where the entry itself does.'),
});

export const notices = z.strictObject({
  join: notice.optional().describe("How a join looks; left out where none is told."),
  leave: notice.optional().describe("How a leave looks."),
  roster: roster
    .optional()
    .describe("In place of both: a list of those who are there. Who is missing has left."),
  names: template
    .default("{client}")
    .describe(
      "What a notice names: {client}, the transport's {sessionId}, or what was taken from an answer before.",
    ),
  repeats: z
    .boolean()
    .default(false)
    .describe("Whether the same may be told again, as with a status flag, without meaning another leave."),
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
