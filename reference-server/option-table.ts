import type { ReferenceServerOptions } from "./options.ts";

/** The options that have a flag: all but those that are functions. */
type Name = Exclude<keyof ReferenceServerOptions, "interceptors" | "log">;

/** One option, as a command line describes it. */
export type DescribedOption = { readonly name: Name; readonly flag: string; readonly description: string } & (
  | { readonly kind: "text" | "texts" | "switch" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
);

/** Timers and sums stay exact up to a day. */
const day = 86_400_000;

/** Every option with its flag. `Ms` is milliseconds. */
export const describedOptions: readonly DescribedOption[] = [
  number("port", "port", 0, 65_535, "the port to listen on; 0 takes a free one"),
  { name: "host", flag: "host", kind: "text", description: "the address to listen on" },
  {
    name: "store",
    flag: "store",
    kind: "text",
    description: "the file that keeps the mappings, or :memory:",
  },
  {
    name: "policy",
    flag: "policy",
    kind: "choice",
    choices: ["session", "person"],
    description: "a leave for each session, or when the last session with equal client data ends",
  },
  {
    name: "origins",
    flag: "origin",
    kind: "texts",
    description: "an origin that may connect besides the server's own; * lets everybody in",
  },
  {
    name: "virtualHosts",
    flag: "virtual-host",
    kind: "texts",
    description: "a host that CONNECT may name; if there are any, it must name one of them",
  },
  ms("heartbeatSendMs", "heartbeat-send", 0, "STOMP heartbeats that the server offers to send; 0 for none"),
  ms("heartbeatReceiveMs", "heartbeat-receive", 0, "STOMP heartbeats that the server wants; 0 for none"),
  number(
    "silenceFactor",
    "silence-factor",
    1,
    100,
    "a client is gone when silent for its heartbeat interval times this",
  ),
  ms(
    "transportHeartbeatMs",
    "transport-heartbeat",
    10,
    "how often a transport has to prove that its client lives",
  ),
  ms(
    "disconnectDelayMs",
    "disconnect-delay",
    10,
    "how long an HTTP client may be without a request that receives",
  ),
  ms("connectTimeoutMs", "connect-timeout", 10, "from an open transport to CONNECT"),
  ms("frameTimeoutMs", "frame-timeout", 10, "from the first byte of a frame to its last"),
  ms("lingerMs", "linger", 10, "what the other end has to finish closing, before it is cut off"),
  ms(
    "reconcileAfterMs",
    "reconcile-after",
    0,
    "how long after the start mappings of earlier runs are removed",
  ),
  {
    name: "reconcile",
    flag: "reconcile",
    kind: "choice",
    choices: ["announce", "silent"],
    description: "whether the owners of such mappings are announced as gone",
  },
  number("maxHeaders", "max-headers", 1, 10_000, "headers in a frame"),
  number("maxHeaderBytes", "max-header-bytes", 64, 1_048_576, "bytes in a header, or in a command"),
  number("maxBodyBytes", "max-body-bytes", 64, 16_777_216, "bytes in a frame's body"),
  number(
    "maxMessageBytes",
    "max-message-bytes",
    64,
    16_777_216,
    "bytes in a WebSocket message or a request body",
  ),
  number(
    "maxBacklogBytes",
    "max-backlog-bytes",
    1024,
    1_073_741_824,
    "bytes that may wait for a client to read them",
  ),
  number("maxSubscriptions", "max-subscriptions", 1, 10_000, "subscriptions of a session"),
  {
    name: "probe",
    flag: "probe",
    kind: "switch",
    description: "serve GET /probe to this machine, and tell of each frame",
  },
];

function number(name: Name, flag: string, min: number, max: number, description: string): DescribedOption {
  return { name, flag, kind: "number", min, max, description };
}

function ms(name: Name, flag: string, min: number, description: string): DescribedOption {
  return number(name, `${flag}-ms`, min, day, description);
}
