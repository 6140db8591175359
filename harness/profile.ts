import { z } from "zod";

const milliseconds = z.number().int().min(1).max(3_600_000);
const pointer = z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as "/clientData"');

const matchObject = z
  .record(pointer, z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .refine((match) => Object.keys(match).length > 0, "must name something that only this notice holds");

const noticePattern = z.strictObject({
  match: matchObject.describe("What the notice's JSON holds, by JSON pointer."),
  client: pointer.optional().describe("Where the notice says who; left out where it names nobody."),
  cause: pointer.optional().describe("Where it says why, if it does."),
});

const roster = z.strictObject({
  match: matchObject.optional().describe("What else the list's message holds, by JSON pointer."),
  list: z.union([pointer, z.literal("")]).describe('Where the list is; "" where the message is the list.'),
  client: z
    .union([pointer, z.literal("")])
    .describe('Where an entry says who; "" where the entry itself does.'),
});

/** What a target declares of itself. Plain data; everything but the address has the source design's own value. */
export const profileSchema = z
  .strictObject({
    name: z.string().min(1).default("unnamed target").describe("What reports call the target."),
    url: z
      .url({
        protocol: /^https?$/,
        error: "must be an http:// or https:// address, such as http://localhost:8080/connection",
      })
      .optional()
      .describe(
        "The endpoint as a page gives it to SockJS, or the WebSocket's own address with http:// before it.",
      ),
    transport: z
      .enum(["sockjs", "native"])
      .default("sockjs")
      .describe("SockJS, or STOMP straight on a WebSocket."),
    nativeWebSocket: z
      .boolean()
      .default(true)
      .describe("Whether a SockJS target also takes STOMP straight on a WebSocket, at {url}/websocket."),
    topic: z.string().min(1).default("/topic/").describe("Where joins and leaves are told."),
    ready: z
      .union([z.literal("receipt"), z.strictObject({ delayMs: milliseconds })])
      .default("receipt")
      .describe("How a subscription is known to be in force: by its receipt, or after a delay."),
    identify: z
      .strictObject({ destination: z.string().min(1), body: z.record(z.string(), z.unknown()) })
      .default({ destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" } })
      .describe(
        "How a client says who it is. {client} and {sessionId} stand for its data and its session id.",
      ),
    notice: z
      .strictObject({
        join: noticePattern.optional().describe("How a join looks; left out where none is told."),
        leave: noticePattern.optional().describe("How a leave looks."),
        roster: roster
          .optional()
          .describe("In place of both: a list of those who are there. Who is missing has left."),
        names: z
          .enum(["client", "session"])
          .default("client")
          .describe("Whether a notice names the client's data, or the transport's session id."),
        repeats: z
          .boolean()
          .default(false)
          .describe(
            "Whether the same may be told again, as with a status flag, without meaning another leave.",
          ),
      })
      .refine(
        ({ leave, join, roster: list }) => (list === undefined) === (leave !== undefined) && !(list && join),
        {
          error: "must describe `leave`, with `join` where there is one, or `roster` alone",
        },
      )
      .prefault({
        join: { match: { "/event": "join" }, client: "/clientData" },
        leave: { match: { "/event": "leave" }, client: "/clientData", cause: "/cause" },
      })
      .describe("How others are told on the topic who comes and goes."),
    sessions: z
      .enum(["each", "last"])
      .default("each")
      .describe("Whether each session of a person is announced when it ends, or only the last one."),
    heartbeatMs: z
      .union([z.literal(0), milliseconds])
      .default(1_000)
      .describe("The STOMP heartbeat period that scenarios of silence offer; 0 where the target has none."),
    deadlines: z
      .strictObject({
        endedMs: milliseconds.default(1_000).describe("From an end that the target can see to the notice."),
        httpEndedMs: milliseconds
          .default(6_500)
          .describe("The same on HTTP transports, with SockJS's disconnect delay."),
        silenceIntervals: z
          .number()
          .min(1)
          .max(100)
          .default(3)
          .describe("Heartbeat periods until silence is announced."),
      })
      .prefault({}),
    otherSilenceMs: milliseconds
      .optional()
      .describe(
        "The soonest that anything but STOMP heartbeats (SockJS's, TCP's, a proxy's) may end a silent session. Left out, nobody knows, and windows have no earliest moment.",
      ),
    waivers: z
      .array(z.strictObject({ requirement: z.string().min(1), reason: z.string().min(1) }))
      .default([])
      .describe("Declared requirements that this target does not mean to meet."),
  })
  .refine(
    ({ notice, sessions }) => {
      const nameless = notice.roster === undefined && notice.leave?.client === undefined;
      return sessions === "each" || !(nameless || notice.names === "session");
    },
    {
      path: ["sessions"],
      error:
        "must be \"each\" where notices name session ids or nobody: they can't tell which sessions are one person's",
    },
  );

/** A target profile with every default filled in. */
export type Profile = z.output<typeof profileSchema>;

/** Gives a profile written by hand its type. Used in `hangup.config.ts`: `export default defineProfile({ … })`. */
export function defineProfile(profile: z.input<typeof profileSchema>): z.input<typeof profileSchema> {
  return profile;
}

/**
 * Checks a profile from outside and fills in the defaults.
 * @param where names the source in messages, usually a file
 * @throws Error that lists every unknown key and wrong value with its path
 */
export function parseProfile(value: unknown, where: string): Profile {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const path = issue.path.length === 0 ? "the profile" : issue.path.join(".");
    if (issue.code === "invalid_key")
      return `  ${path}: ${issue.issues.map(({ message }) => message).join(", ")}`;
    if (issue.code !== "unrecognized_keys") return `  ${path}: ${issue.message}`;
    const known = Object.keys(profileSchema.shape).join(", ");
    const mend = issue.path.length === 0 ? `; known are ${known}` : "";
    return `  ${path}: unknown key ${issue.keys.map((key) => `"${key}"`).join(", ")}${mend}`;
  });
  throw new Error(`${where} is no valid profile:\n${lines.join("\n")}`);
}
