import { z } from "zod";
import { expires, identify, logout, ready, refused, request, stomp } from "./connecting.ts";
import { complaintsOf, pathOf } from "./profile-errors.ts";
import { contradictionsIn } from "./contradictions.ts";
import { milliseconds } from "./pieces.ts";
import { deadlines, probe, start } from "./running.ts";
import { notices, rosterOnDemand } from "./notices.ts";
import { template, templates } from "./template.ts";
import { sockJsTransports } from "./transports.ts";

/**
 * Schema of a profile: plain data that a target declares about itself. Everything but the address has a default, which is
 * that of the source design.
 */
export const profileSchema = z.strictObject({
  $schema: z.string().optional().describe("JSON Schema for editors. hangup ignores it."),
  name: z.string().min(1).default("unnamed target").describe("Name of the target in reports."),
  url: z
    .string()
    .regex(/^(https?|wss?):\/\/[^/]/, {
      error: "must be an http:// or https:// address, such as http://localhost:8080/connection",
    })
    .optional()
    .describe(
      "URL of the endpoint as a page gives it to SockJS, with its context path; or the WebSocket's own URL. {port} is the port that `start` uses.",
    ),
  transport: z
    .enum(["sockjs", "native"])
    .optional()
    .describe(
      "SockJS, or STOMP straight on a WebSocket. Default: `native` for a ws:// or wss:// URL, else `sockjs`.",
    ),
  nativeWebSocket: z
    .boolean()
    .default(true)
    .describe("True if a SockJS target also takes STOMP straight on a WebSocket, at {url}/websocket."),
  transports: z
    .array(z.enum(sockJsTransports))
    .min(1)
    .default([...sockJsTransports])
    .describe("SockJS transports that the target accepts. Others are not tested."),
  query: templates
    .default({})
    .describe("Query parameters added to the endpoint's URL, such as `access_token`."),
  headers: templates
    .default({})
    .describe(
      "Headers of the handshake and of every request. Browsers can't send them, so browser scenarios do not apply.",
    ),
  cookies: templates
    .default({})
    .describe(
      "Cookies of the handshake and of every request, beside those that answers of `before` have set.",
    ),
  origin: z
    .url({ protocol: /^https?$/, error: "must be an origin such as https://chat.example" })
    .optional()
    .describe(
      "`Origin` header of the clients. Default: browsers use the target's own origin, other clients send none.",
    ),
  before: z
    .array(request)
    .default([])
    .describe(
      "HTTP requests before a client connects, in order: a log-in, a registration, the creation of a room. Clients keep the cookies of the answers.",
    ),
  after: z
    .array(request)
    .default([])
    .describe(
      "HTTP requests that remove what `before` made, in order and in the same form: once for each client when its case is over, once for each case, or once after the run. A request with a name in braces that has no value is not sent.",
    ),
  refused: refused.optional(),
  expires: expires.optional(),
  logout: logout.optional(),
  stomp: stomp.prefault({}),
  topic: template.default("/topic/").describe("Topic of join and leave notices."),
  ready: ready
    .default("receipt")
    .describe("Proof that a subscription is active: its receipt, a delay, or a message that comes back."),
  identify: identify
    .default({ destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" }, headers: {} })
    .describe(
      "How a client identifies: by a message; by CONNECT (with {client} in `stomp.headers`, `query`, `cookies`, `headers` or `before`); by headers of SUBSCRIBE; or by nothing.",
    ),
  notice: notices
    .prefault({
      join: { match: { "/event": "join" }, client: "/clientData" },
      leave: { match: { "/event": "leave" }, client: "/clientData", cause: "/cause" },
    })
    .describe("Patterns of the notices that announce joins and leaves on the topic."),
  roster: rosterOnDemand
    .optional()
    .describe("Roster for clients that join later: a subscription that the target answers with a list."),
  sessions: z
    .enum(["each", "last"])
    .default("each")
    .describe(
      '"each" if every session\'s end is announced, "last" if only the end of a person\'s last session is.',
    ),
  graceMs: z
    .union([z.literal(0), milliseconds])
    .default(0)
    .describe("Grace period before a leave is announced, in which the person may come back."),
  unidentified: z
    .enum(["announced", "silent", "unknown"])
    .default("unknown")
    .describe("Says if the end of a session that never identified is announced."),
  announced: z
    .enum(["everybody", "subscribers"])
    .default("everybody")
    .describe(
      '"everybody" if every client that identifies is announced, "subscribers" if only clients that have subscribed to `topic` before. With "subscribers" all clients subscribe before they identify, and tests of clients without a subscription do not apply.',
    ),
  heartbeatMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(1_000)
    .describe("STOMP heartbeat period that silence scenarios offer; 0 if the target has no heartbeats."),
  clientHeartbeatMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(10_000)
    .describe(
      "STOMP heartbeat period that the users' own clients offer, both ways; 10000 is stompjs's default. Silent-drop scenarios use it. 0 for clients that offer none.",
    ),
  proxyIdleMs: milliseconds
    .default(60_000)
    .describe(
      "Time after which a proxy cuts a connection on which the target sends nothing. Cases on idle connections wait for 1.25 times as long. Default: 60000, as in nginx and in the load balancers of AWS.",
    ),
  deadlines: deadlines.prefault({}),
  otherSilenceMs: milliseconds
    .optional()
    .describe(
      "Earliest time at which anything but STOMP heartbeats (SockJS, TCP, a proxy) may end a silent session. Default: unknown, and no leave counts as too early.",
    ),
  reconcile: z
    .enum(["announced", "silent"])
    .default("announced")
    .describe(
      '"announced" if a target that was killed and started again announces its stored clients as gone, to subscribers of the first half of `deadlines.reconcileMs`. "silent" if it removes them without a notice, which only a probe or a roster shows.',
    ),
  start: start
    .optional()
    .describe("How to start the target. hangup then starts, stops and kills it. Not used with `--url`."),
  probe: probe.optional().describe("URL of the target that reports its stored mappings and its events."),
  waivers: z
    .array(z.strictObject({ requirement: z.string().min(1), reason: z.string().min(1) }))
    .default([])
    .describe("Declared requirements that this target does not meet on purpose."),
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
