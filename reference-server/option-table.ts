import type { ReferenceServerOptions } from "./options.ts";

/** Name of an option with a flag. Options that are functions have none. */
type Name = Exclude<keyof ReferenceServerOptions, "interceptors" | "log">;

/** Description of one option for a command line. */
export type DescribedOption = { readonly name: Name; readonly flag: string; readonly description: string } & (
  | { readonly kind: "text" | "texts" | "switch" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
);

/** Longest time that an option accepts. */
const maxMs = 86_400_000;

/** Every option that has a flag. */
export const describedOptions: readonly DescribedOption[] = [
  number("port", "port", 0, 65_535, "port to listen on; 0 takes a free port"),
  { name: "host", flag: "host", kind: "text", description: "address to listen on" },
  {
    name: "store",
    flag: "store",
    kind: "text",
    description: "file for the mappings, or :memory:",
  },
  {
    name: "policy",
    flag: "policy",
    kind: "choice",
    choices: ["session", "person"],
    description: "who leaves: each session, or a person with the last session",
  },
  {
    name: "origins",
    flag: "origin",
    kind: "texts",
    description: "further origin that may connect (repeatable); * allows all",
  },
  {
    name: "virtualHosts",
    flag: "virtual-host",
    kind: "texts",
    description: "host that CONNECT must name (repeatable); none allows all",
  },
  ms("heartbeatSendMs", "heartbeat-send", 0, "interval of heartbeats that the server offers; 0 for none"),
  ms(
    "heartbeatReceiveMs",
    "heartbeat-receive",
    0,
    "interval of heartbeats that the server wants; 0 for none",
  ),
  number(
    "silenceFactor",
    "silence-factor",
    1,
    100,
    "heartbeat intervals without a byte until a client is gone",
  ),
  ms("transportHeartbeatMs", "transport-heartbeat", 10, "interval of pings, and of new streaming responses"),
  ms(
    "disconnectDelayMs",
    "disconnect-delay",
    10,
    "time that an HTTP client may have no receiving request open",
  ),
  ms("connectTimeoutMs", "connect-timeout", 10, "time from the opened connection to CONNECT"),
  ms("frameTimeoutMs", "frame-timeout", 10, "time from the first byte of a frame to its last"),
  ms("lingerMs", "linger", 10, "time to finish closing before the connection is cut off"),
  ms("reconcileAfterMs", "reconcile-after", 0, "time from start to the removal of earlier runs' mappings"),
  {
    name: "reconcile",
    flag: "reconcile",
    kind: "choice",
    choices: ["announce", "silent"],
    description: "announce leaves for earlier runs' mappings, or stay silent",
  },
  number("maxHeaders", "max-headers", 1, 10_000, "most headers in a frame"),
  number("maxHeaderBytes", "max-header-bytes", 64, 1_048_576, "most bytes in a header or command"),
  number("maxBodyBytes", "max-body-bytes", 64, 16_777_216, "most bytes in a frame's body"),
  number(
    "maxMessageBytes",
    "max-message-bytes",
    64,
    16_777_216,
    "most bytes in a WebSocket message or a request body",
  ),
  number(
    "maxBacklogBytes",
    "max-backlog-bytes",
    1024,
    1_073_741_824,
    "most unsent bytes per client; a slower reader is closed",
  ),
  number("maxSubscriptions", "max-subscriptions", 1, 10_000, "most subscriptions in a session"),
  {
    name: "probe",
    flag: "probe",
    kind: "switch",
    description: "serve GET /probe to this machine, and log each frame",
  },
];

function number(name: Name, flag: string, min: number, max: number, description: string): DescribedOption {
  return { name, flag, kind: "number", min, max, description };
}

function ms(name: Name, flag: string, min: number, description: string): DescribedOption {
  return number(name, `${flag}-ms`, min, maxMs, description);
}
