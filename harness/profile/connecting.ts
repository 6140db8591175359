import { z } from "zod";
import { milliseconds, pattern, pointer } from "./pieces.ts";
import { jsonTemplate, template, templates } from "./template.ts";

/** Place in an answer from which a value is taken. */
const taken = z.union(
  [
    pointer,
    z.strictObject({ header: z.string().min(1) }),
    z.strictObject({ cookie: z.string().min(1) }),
    z.strictObject({ pattern }),
  ],
  {
    error:
      'must be a JSON pointer such as "/token", or one of {"header": …}, {"cookie": …}, {"pattern": a regular expression with a group}',
  },
);

/** HTTP request before a client connects. */
export const request = z.strictObject({
  per: z
    .enum(["client", "case", "run"])
    .default("client")
    .describe("How often: once for each client's data, for each case, or once in the whole run."),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("POST").describe("Of HTTP."),
  path: template.describe("On the target's own origin, or a whole address."),
  headers: templates.default({}).describe("Of the request."),
  json: jsonTemplate.optional().describe("The body as JSON."),
  form: templates.optional().describe("The body as a form's fields, in place of `json`."),
  status: z
    .array(z.int().min(100).max(599))
    .optional()
    .describe("The statuses that mean success; left out, everything below 400."),
  take: z
    .record(z.string().regex(/^[A-Za-z]\w*$/, 'must be a name such as "token"'), taken)
    .default({})
    .describe("What templates may use from then on, by name, and where the answer holds it."),
});

export const stomp = z.strictObject({
  versions: z
    .array(z.enum(["1.0", "1.1", "1.2"]))
    .min(1)
    .default(["1.2", "1.1"])
    .describe("Offered in CONNECT."),
  headers: templates.default({}).describe("Further headers of CONNECT, such as `login` or `Authorization`."),
});

export const ready = z.union(
  [
    z.literal("receipt"),
    z.strictObject({ delayMs: milliseconds.describe("How long to wait.") }),
    z.strictObject({
      probe: z.strictObject({
        destination: template.describe("Where a message is sent that all subscribers get."),
        body: jsonTemplate.describe("Holds {probe}; it is in force when that comes back."),
      }),
    }),
  ],
  { error: 'must be "receipt", {"delayMs": …} or {"probe": {"destination": …, "body": … with {probe}}}' },
);

const confirmed = z
  .union([z.enum(["join", "receipt"]), z.strictObject({ delayMs: milliseconds })], {
    error: 'must be "join", "receipt" or {"delayMs": …}',
  })
  .optional()
  .describe(
    "How it is known that the target has taken it in: others hear of the join, a receipt, or a delay. Left out, by the join where one is told, else after `deadlines.endedMs`.",
  );

export const identify = z.discriminatedUnion(
  "by",
  [
    z.strictObject({
      by: z
        .literal("message")
        .optional()
        .describe('"message" (also when left out), "connect", "subscribe" or "nothing".'),
      destination: template.describe("Where the message goes."),
      body: jsonTemplate.describe(
        "JSON, or a text. {client} is who it is, {sessionId} what the client knows for itself.",
      ),
      headers: templates
        .default({})
        .describe("Further headers of SEND, or those of SUBSCRIBE that say who it is."),
      confirmed,
    }),
    z.strictObject({ by: z.literal("connect"), confirmed }),
    z.strictObject({
      by: z.literal("subscribe"),
      headers: templates,
      confirmed,
    }),
    z.strictObject({ by: z.literal("nothing"), confirmed }),
  ],
  { error: 'by: must be "message", "connect", "subscribe" or "nothing"' },
);
