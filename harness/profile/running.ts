import { z } from "zod";
import { causes, isCause } from "./causes.ts";
import { nearest } from "../util/nearest.ts";
import { match, milliseconds, pointer, whole } from "./pieces.ts";

const signalOrCommand = z.string().min(1);

/** Commands that start and end an instance of the target. */
export const start = z.strictObject({
  command: z.string().min(1).describe("Shell command. {port} is a free port, here and in `url`."),
  cwd: z.string().min(1).optional().describe("Working directory. Default: that of hangup."),
  env: z.record(z.string().min(1), z.string()).default({}).describe("Additional environment variables."),
  ready: z
    .string()
    .startsWith("/", 'must be a path such as "/health"')
    .optional()
    .describe(
      "Path that answers with a status below 400 once the target is ready. Default: the endpoint itself.",
    ),
  readyMs: milliseconds.default(60_000).describe("Time limit for the start."),
  stop: signalOrCommand
    .default("SIGTERM")
    .describe(
      "Signal to the command's whole process group, or a command, that asks the target to stop. {port} and {pid} (the id of the shell and of the group) are filled in.",
    ),
  kill: signalOrCommand.default("SIGKILL").describe("Signal or command that kills the target at once."),
});

/** Name of a cause. Editors offer the valid ones, since `enum` goes into the JSON Schema. */
const cause = z
  .string()
  .refine(isCause, {
    error: ({ input }) => {
      const meant = nearest(String(input), causes);
      const hint = meant === undefined ? "" : `did you mean "${meant}"? `;
      return `is not a cause of an end; ${hint}Known causes are ${causes.join(", ")}`;
    },
  })
  .meta({ enum: causes });

const events = z.strictObject({
  list: whole.describe('Place of the list of events, the oldest first; "" if the answer is the list.'),
  session: pointer.describe("Place of the transport's session id in an event."),
  headers: pointer.describe(
    "Place of the STOMP headers in an event: an object of strings, or of lists of strings.",
  ),
  connect: match
    .optional()
    .describe(
      "Values that the event of a CONNECT holds, by JSON pointer. In Spring, the SessionConnectEvent.",
    ),
  frame: z
    .strictObject({
      match: match.describe("Values that such an event holds, by JSON pointer."),
      command: pointer.describe("Place of the frame's command."),
    })
    .optional()
    .describe("Events of inbound frames that an interceptor has seen. In Spring, its preSend."),
});

/** Address of the target that reports its stored mappings and its events. */
export const probe = z.strictObject({
  path: z
    .string()
    .startsWith("/", 'must be a path such as "/probe"')
    .describe("Path on the target's own origin."),
  mappings: whole.describe("Place of the stored mappings in the answer: a number, or a list of them."),
  sessions: whole.optional().describe("Place of the open sessions, in the same form."),
  events: events.optional().describe("Latest events of the target's sessions."),
});

/** Default deadlines, in milliseconds. */
export const defaultDeadlines = { endedMs: 1_000, httpEndedMs: 6_500 } as const;

export const deadlines = z.strictObject({
  endedMs: milliseconds
    .default(defaultDeadlines.endedMs)
    .describe("Time from a visible end to the notice, in milliseconds."),
  httpEndedMs: milliseconds
    .default(defaultDeadlines.httpEndedMs)
    .describe("The same on HTTP transports, including SockJS's disconnect delay."),
  silenceIntervals: z
    .number()
    .min(1)
    .max(100)
    .default(3)
    .describe("Number of heartbeat periods until a silent client is reported gone."),
  silentMs: milliseconds
    .optional()
    .describe(
      "Time from the last byte of a client that drops off the network or freezes to the notice. Default: 60000. A declared value also holds for clients without heartbeats, and for clients that stop reading.",
    ),
  connectMs: milliseconds
    .optional()
    .describe(
      "Time from the transport's opening until the target closes it, if no CONNECT arrives. Default: unknown, and not tested.",
    ),
  causes: z
    .record(cause, milliseconds)
    .default({})
    .describe(
      'Time from the end to the notice for single causes, such as `{"close": 200}`. It replaces the general deadline.',
    ),
  reconcileMs: milliseconds
    .optional()
    .describe(
      "Time from the restart of a killed target until it has removed everything stored for earlier sessions. Default: unknown, and not tested.",
    ),
});
