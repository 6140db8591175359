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

/** HTTP request before a client connects, or after its case. */
export const request = z.strictObject({
  per: z
    .enum(["client", "case", "run"])
    .default("client")
    .describe("How often to send it: once for each client name, for each case, or once in the whole run."),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("POST").describe("HTTP method."),
  path: template.describe("Path on the target's own origin, or a whole URL."),
  headers: templates.default({}).describe("Request headers."),
  json: jsonTemplate.optional().describe("Request body as JSON."),
  form: templates.optional().describe("Request body as form fields, instead of `json`."),
  status: z
    .array(z.int().min(100).max(599))
    .optional()
    .describe("Statuses that mean success. Default: every status below 400."),
  take: z
    .record(z.string().regex(/^[A-Za-z]\w*$/, 'must be a name such as "token"'), taken)
    .default({})
    .describe(
      'Values that later templates may use, by name, each with its place in the answer: a JSON pointer, a header, a cookie, or a pattern; see "Log-ins" in docs/profile.md.',
    ),
});

/** HTTP request that logs a client out. */
export const logout = request
  .omit({ per: true, take: true })
  .describe(
    "HTTP request that ends a client's session, in the form of `before`: {client}, {sessionId} and the values taken by `before` are filled in. The leave is then due, whether the target closes the connection or not. Default: unknown, and not tested.",
  );

/** Credentials that replace those of the same name in the profile. */
const credentials = {
  stomp: z
    .strictObject({ headers: templates.describe("CONNECT headers.") })
    .optional()
    .describe("CONNECT headers that replace those of the same name."),
  query: templates.default({}).describe("Query parameters that replace those of the same name."),
  headers: templates.default({}).describe("HTTP headers that replace those of the same name."),
  cookies: templates.default({}).describe("Cookies that replace those of the same name."),
};

/** Credentials that the target must refuse. */
export const refused = z
  .strictObject(credentials)
  .describe(
    "Credentials that the target must refuse, such as a wrong token. They replace those of the same name in the profile for a client that is to be refused. Default: unknown, and not tested.",
  );

/** Credentials that expire while their client is connected. */
export const expires = z
  .strictObject({
    afterMs: milliseconds.describe(
      "Time from the client's connection until the target ends its session at the latest, in milliseconds.",
    ),
    ...credentials,
  })
  .describe(
    "Credentials that expire soon, for a target that ends a session when its credentials expire: the leave is due then. Such a token may come from a request of `before`. Default: unknown, and not tested.",
  );

export const stomp = z.strictObject({
  versions: z
    .array(z.enum(["1.0", "1.1", "1.2"]))
    .min(1)
    .default(["1.2", "1.1"])
    .describe("STOMP versions that CONNECT offers."),
  headers: templates.default({}).describe("Additional CONNECT headers, such as `login` or `Authorization`."),
});

export const ready = z.union(
  [
    z.literal("receipt"),
    z.strictObject({ delayMs: milliseconds.describe("Time to wait.") }),
    z.strictObject({
      probe: z.strictObject({
        destination: template.describe("Destination of a message that all subscribers receive."),
        body: jsonTemplate.describe(
          "Body of that message, with {probe}. The subscription is active when it comes back.",
        ),
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
    "Proof that the target has processed it: a join notice, a receipt, or a delay. Default: the join notice if joins are announced, else a delay of `deadlines.endedMs`.",
  );

export const identify = z.discriminatedUnion(
  "by",
  [
    z.strictObject({
      by: z
        .literal("message")
        .optional()
        .describe('"message" (the default), "connect", "subscribe" or "nothing".'),
      destination: template.describe("Destination of the message."),
      body: jsonTemplate.describe(
        "JSON or a string. {client} is the client's name, {sessionId} the session id that the client itself can see.",
      ),
      headers: templates
        .default({})
        .describe("Additional SEND headers, or the SUBSCRIBE headers that name the client."),
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
