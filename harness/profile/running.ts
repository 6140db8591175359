import { z } from "zod";
import { causes, isCause } from "./causes.ts";
import { nearest } from "../util/nearest.ts";
import { match, milliseconds, pointer, whole } from "./pieces.ts";

const signalOrCommand = z.string().min(1);

/** Commands that start and end an instance of the target. */
export const start = z.strictObject({
  command: z.string().min(1).describe("Run by the shell. {port} stands for a free port, here and in `url`."),
  cwd: z.string().min(1).optional().describe("Where it runs; where hangup is called when left out."),
  env: z.record(z.string().min(1), z.string()).default({}).describe("Beside the environment's own."),
  ready: z
    .string()
    .startsWith("/", 'must be a path such as "/health"')
    .optional()
    .describe("A path that answers with a status below 400 once it is ready; left out, the endpoint itself."),
  readyMs: milliseconds.default(60_000).describe("How long that may take."),
  stop: signalOrCommand
    .default("SIGTERM")
    .describe(
      "A signal to the command's whole process group, or a command, that asks it to stop. {port}, and {pid} for the shell's id and the group's, are filled in.",
    ),
  kill: signalOrCommand.default("SIGKILL").describe("The same, ending it at once."),
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
  list: whole.describe('Where the list of them is, the oldest first; "" where the answer is the list.'),
  session: pointer.describe("Where an event has the session id of its transport."),
  headers: pointer.describe("Where it has the STOMP headers: an object of texts, or of lists of texts."),
  connect: match
    .optional()
    .describe("What the event of a CONNECT holds, by JSON pointer: Spring's SessionConnectEvent."),
  frame: z
    .strictObject({
      match: match.describe("What such an event holds, by JSON pointer."),
      command: pointer.describe("Where it has the frame's command."),
    })
    .optional()
    .describe("How it is told which inbound frame an interceptor has seen: Spring's preSend."),
});

/** Address of the target that reports its stored mappings and its events. */
export const probe = z.strictObject({
  path: z.string().startsWith("/", 'must be a path such as "/probe"').describe("On the target's own origin."),
  mappings: whole.describe("Where its JSON has how many mappings are stored: a number, or a list of them."),
  sessions: whole.optional().describe("The same for the sessions that are open."),
  events: events.optional().describe("What it tells of the last events of its sessions."),
});

/** Default deadlines, in milliseconds. */
export const defaultDeadlines = { endedMs: 1_000, httpEndedMs: 6_500 } as const;

export const deadlines = z.strictObject({
  endedMs: milliseconds
    .default(defaultDeadlines.endedMs)
    .describe("From an end that the target can see to the notice."),
  httpEndedMs: milliseconds
    .default(defaultDeadlines.httpEndedMs)
    .describe("The same on HTTP transports, with SockJS's disconnect delay."),
  silenceIntervals: z
    .number()
    .min(1)
    .max(100)
    .default(3)
    .describe("Heartbeat periods until silence is announced."),
  silentMs: milliseconds
    .optional()
    .describe(
      "From the last byte of a client that drops off the network or freezes to the notice; 60000 when left out. Where it is declared, also for a client that promised no heartbeats, and for one that reads nothing any more.",
    ),
  connectMs: milliseconds
    .optional()
    .describe(
      "From when a transport is open until the target closes it, if no CONNECT comes. Left out, nobody knows.",
    ),
  causes: z
    .record(cause, milliseconds)
    .default({})
    .describe(
      'From the end to the notice for single causes, such as `{"close": 200}`, in place of whichever of the others would hold.',
    ),
  reconcileMs: milliseconds
    .optional()
    .describe(
      "From when a target that was killed is ready again, until it has removed whatever it had stored of the sessions before. Left out, nobody knows.",
    ),
});
