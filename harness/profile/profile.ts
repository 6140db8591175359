import { z } from "zod";
import { identify, ready, request, stomp } from "./connecting.ts";
import { complaintsOf, pathOf } from "./complaints.ts";
import { contradictionsIn } from "./contradictions.ts";
import { milliseconds } from "./pieces.ts";
import { deadlines, probe, start } from "./running.ts";
import { notices, rosterOnDemand } from "./telling.ts";
import { template, templates } from "./template.ts";
import { sockJsTransports } from "./transports.ts";

/**
 * Schema of a profile: plain data that a target declares about itself. Everything but the address has a default, which is
 * that of the source design.
 */
export const profileSchema = z.strictObject({
  $schema: z.string().optional().describe("The schema for editors. hangup does not read it."),
  name: z.string().min(1).default("unnamed target").describe("What reports call the target."),
  url: z
    .string()
    .regex(/^(https?|wss?):\/\/[^/]/, {
      error: "must be an http:// or https:// address, such as http://localhost:8080/connection",
    })
    .optional()
    .describe(
      "The endpoint as a page gives it to SockJS, with its context path; or the WebSocket's own address. {port} in it is the port of what `start` starts.",
    ),
  transport: z
    .enum(["sockjs", "native"])
    .optional()
    .describe(
      "SockJS, or STOMP straight on a WebSocket. Left out, `native` where the address is ws:// or wss://.",
    ),
  nativeWebSocket: z
    .boolean()
    .default(true)
    .describe("Whether a SockJS target also takes STOMP straight on a WebSocket, at {url}/websocket."),
  transports: z
    .array(z.enum(sockJsTransports))
    .min(1)
    .default([...sockJsTransports])
    .describe("The SockJS transports that it takes; the others are not asked for."),
  query: templates.default({}).describe("Added to the endpoint's address, such as `access_token`."),
  headers: templates
    .default({})
    .describe(
      "Of the handshake and of every request. A page in a browser can send none, so that browsers are left out.",
    ),
  cookies: templates.default({}).describe("Sent with the handshake and with every request."),
  origin: z
    .url({ protocol: /^https?$/, error: "must be an origin such as https://chat.example" })
    .optional()
    .describe(
      "Which origin clients come from. Left out, browsers come from the target's own, others name none.",
    ),
  before: z
    .array(request)
    .default([])
    .describe(
      "HTTP requests before a client connects, in this order: a log-in, a registration, making a room.",
    ),
  stomp: stomp.prefault({}),
  topic: template.default("/topic/").describe("Where joins and leaves are told."),
  ready: ready
    .default("receipt")
    .describe(
      "How a subscription is known to be in force: by its receipt, after a delay, or by a message that comes back.",
    ),
  identify: identify
    .default({ destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" }, headers: {} })
    .describe(
      "How a client says who it is: by a message; by what it connects with (`stomp.headers`, `query`, `cookies`, `headers` or `before` then hold {client}); by headers of SUBSCRIBE; or by nothing.",
    ),
  notice: notices
    .prefault({
      join: { match: { "/event": "join" }, client: "/clientData" },
      leave: { match: { "/event": "leave" }, client: "/clientData", cause: "/cause" },
    })
    .describe("How others are told on the topic who comes and goes."),
  roster: rosterOnDemand
    .optional()
    .describe(
      "How a client that comes later learns who is there: a subscription that is answered with a list.",
    ),
  sessions: z
    .enum(["each", "last"])
    .default("each")
    .describe("Whether each session of a person is announced when it ends, or only the last one."),
  graceMs: z
    .union([z.literal(0), milliseconds])
    .default(0)
    .describe("For how long the target waits, before it announces a leave, whether that person comes back."),
  unidentified: z
    .enum(["announced", "silent", "unknown"])
    .default("unknown")
    .describe("Whether the end of a session that never said who it is gets announced."),
  announced: z
    .enum(["everybody", "subscribers"])
    .default("everybody")
    .describe(
      "Whether everybody who identified is announced, or only those who have subscribed to `topic` before. With `subscribers` all clients that identify subscribe first, and what asks of clients without a subscription is not applicable.",
    ),
  heartbeatMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(1_000)
    .describe("The STOMP heartbeat period that scenarios of silence offer; 0 where the target has none."),
  clientHeartbeatMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(10_000)
    .describe(
      "The STOMP heartbeat period that the users' own clients offer, both ways; 10000 is stompjs's default. Silent drops are played with it. 0 for clients that offer none.",
    ),
  deadlines: deadlines.prefault({}),
  otherSilenceMs: milliseconds
    .optional()
    .describe(
      "The soonest that anything but STOMP heartbeats (SockJS's, TCP's, a proxy's) may end a silent session. Left out, nobody knows, and windows have no earliest moment.",
    ),
  reconcile: z
    .enum(["announced", "silent"])
    .default("announced")
    .describe(
      "Whether those whom a target that was killed had stored are announced as gone once it is up again, to whoever listens in the first half of `deadlines.reconcileMs`; or removed without a word, which only a probe shows.",
    ),
  start: start
    .optional()
    .describe(
      "How to start the target, which is then hangup's to start, stop and kill. Not used where `--url` names one that runs.",
    ),
  probe: probe
    .optional()
    .describe("An address of the target's that tells what it has stored, and what it saw."),
  waivers: z
    .array(z.strictObject({ requirement: z.string().min(1), reason: z.string().min(1) }))
    .default([])
    .describe("Declared requirements that this target does not mean to meet."),
});

type Parsed = z.output<typeof profileSchema>;

/** Profile as its author writes it. */
export type ProfileInput = z.input<typeof profileSchema>;

/** Profile with every default filled in. */
export type Profile = Omit<Parsed, "transport"> & { readonly transport: "sockjs" | "native" };

/** Returns true if a client identifies by a message, at any time and repeatedly. */
export const byMessage = ({ identify: { by = "message" } }: Pick<Profile, "identify">): boolean =>
  by === "message";

/** Types a hand-written profile. Used in `hangup.config.ts`: `export default defineProfile({ … })`. */
export function defineProfile(profile: ProfileInput): ProfileInput {
  return profile;
}

/**
 * Validates a profile and fills in the defaults.
 * @param where source of the profile for messages, usually a file
 * @throws Error that lists every unknown key, wrong value and contradiction with its path and the fix
 */
export function parseProfile(value: unknown, where: string): Profile {
  const parsed = profileSchema.safeParse(value);
  const contradictions = contradictionsIn(parsed.data ?? value).map(
    ({ path, message }) => `${pathOf(path)}: ${message}`,
  );
  const complaints = parsed.success ? [] : complaintsOf(parsed.error, profileSchema, value);
  if (!parsed.success || contradictions.length > 0) {
    const lines = [...complaints, ...contradictions].map((line) => `  ${line}`);
    throw new Error(`${where} is no valid profile:\n${lines.join("\n")}`);
  }
  const { url, transport = url?.startsWith("ws") === true ? "native" : "sockjs" } = parsed.data;
  return { ...parsed.data, transport, ...(url === undefined ? {} : { url: url.replace(/^ws/, "http") }) };
}
