import * as z from "zod";
import { eventKind, headers, ms, quantity } from "./event-kind.ts";
import {
  amount,
  atActor,
  atAll,
  atTarget,
  name,
  say,
  sent,
  text,
  time,
  words,
  type Phrase,
} from "./phrase.ts";

/**
 * One event of a session, as the target's probe reports it: the application event of its CONNECT, or a frame that an
 * interceptor saw. `sessionId` is the transport's.
 */
const reportedEvent = z.strictObject({
  about: z.enum(["connect", "frame"]),
  sessionId: z.string(),
  command: z.string(),
  headers,
});

/** Maximum number of lines of a target's output in a sentence. */
const quotedLinesMax = 12;

export type ReportedEvent = Readonly<z.infer<typeof reportedEvent>>;

/** Events of the harness, of the target's process, and of the probe. */
export const harnessEvents = {
  /** Every declared mechanism that could still produce a notice of an ended session has had its time. */
  "waited-out": eventKind(
    { waitedMs: ms },
    {
      sentence: ({ waitedMs }) => say`waited ${time(waitedMs)}: no mechanism can produce another notice`,
      arrow: ({ waitedMs }) => atAll`${time(waitedMs)} waited: no other notice can be due`,
    },
  ),
  /** The actor waited for something that did not arrive. */
  "waited-in-vain": eventKind(
    { awaited: z.string(), waitedMs: ms },
    {
      sentence: ({ awaited, waitedMs }) =>
        say`waited ${time(waitedMs)} for ${words(awaited)}, which did not arrive`,
      arrow: ({ awaited, waitedMs }) => atActor`waits ${time(waitedMs)} in vain for ${name(awaited)}`,
    },
  ),
  /**
   * The case lost an observer that it shared with other cases: `reason` says how. Another case is the more likely cause, so this
   * attempt ends and does not count.
   */
  "observer-lost": eventKind(
    { reason: z.string() },
    {
      sentence: ({ reason }) => say`is lost as an observer: ${words(reason)}`,
      arrow: ({ reason }) => atActor`is lost: ${name(reason)}`,
    },
  ),
  /** The target ended a shared observer over HTTP, probably by another case. The case goes on with its other observers. */
  "observer-detached": eventKind(
    { reason: z.string() },
    {
      sentence: ({ reason }) => say`listens no more for this case: ${words(reason)}`,
      arrow: ({ reason }) => atActor`listens no more: ${name(reason)}`,
    },
  ),
  /**
   * The target closed the connection of a living client in one of the run's cases, which did not repeat it. In the history of the
   * run's last case.
   */
  "client-lost": eventKind(
    { reason: z.string() },
    {
      sentence: ({ reason }) => say`was closed by the target in another case: ${words(reason)}`,
      arrow: ({ reason }) => atActor`was closed in another case: ${name(reason)}`,
    },
  ),
  /** A client was announced as gone again, after its case was over. In the history of the run's last case. */
  "leaves-repeated": eventKind(
    { reason: z.string() },
    {
      sentence: ({ reason }) => say`was announced as gone again after its case: ${words(reason)}`,
      arrow: ({ reason }) => atActor`was announced as gone again: ${name(reason)}`,
    },
  ),
  /**
   * The whole run received more leaves of `client` than it had sessions. Known when the run is over. `by` is the actor that
   * received the most of them, such as `bob of leave/fin`. `quotes` are the latest of the surplus leaves, with times of this
   * case's clock. Histories of earlier versions have neither.
   */
  overheard: eventKind(
    {
      client: z.string(),
      heard: quantity,
      sessions: quantity,
      by: z.string().optional(),
      quotes: z.array(z.strictObject({ atMs: z.number(), body: z.string() })).optional(),
    },
    {
      sentence: ({ client, heard, sessions, quotes = [] }) =>
        say`received ${amount(heard, "leave")} of ${name(client)}, who had ${amount(sessions, "session")}${quotes.flatMap(
          ({ atMs, body }) => say`; ${text(body)} at ${time(atMs)}`,
        )}`,
      arrow: ({ heard, sessions }) =>
        atActor`receives ${amount(heard, "leave")} of ${amount(sessions, "session")}`,
    },
  ),
  /** The harness asks the target, which this case does not share, to stop. */
  "target-stopped": eventKind(
    {},
    { sentence: () => say`asked the target to stop`, arrow: () => atTarget`is asked to stop` },
  ),
  /** The target that was killed or stopped runs again, at the same address and with its stored data. */
  "target-started": eventKind(
    {},
    { sentence: () => say`started the target again`, arrow: () => atTarget`runs again` },
  ),
  /**
   * The target was gone although nobody had asked it to end. `end` is its exit code or signal. `lastLines` are the last lines of
   * its output. A finding of the run itself also has `suspects`, the cases that ran at that moment, and `search`, the result of
   * the search among them.
   */
  "target-died": eventKind(
    {
      end: z.string(),
      lastLines: z.array(z.string()),
      suspects: z.array(z.string()).optional(),
      search: z.string().optional(),
    },
    {
      sentence: ({ end, lastLines, suspects, search }) => [
        ...say`saw that the target had died (${words(end)})`,
        ...(suspects === undefined
          ? []
          : say`, while ${amount(suspects.length, "case")} ran: ${words(suspects.join(", "))}`),
        ...(search === undefined ? [] : say`; ${words(search)}`),
        ...lastLines
          .slice(-quotedLinesMax)
          .flatMap((line, place) => [place === 0 ? "; its last lines: " : " | ", text(line)]),
      ],
      arrow: ({ end }) => atTarget`died (${words(end)})`,
    },
  ),
  /**
   * The target's probe answered. `sessions` is the number of open sessions; null where the probe does not report it. `told`
   * are the probe's events of this case's sessions, the oldest first.
   */
  probed: eventKind(
    { askedAtMs: ms, mappings: quantity, sessions: quantity.nullable(), told: z.array(reportedEvent) },
    {
      sentence: ({ mappings, sessions, told }) =>
        say`read from the probe: ${amount(mappings, "mapping")}${openSessions(sessions)}${reported(told)}`,
      arrow: ({ mappings }) => atTarget`its probe reports ${amount(mappings, "mapping")}`,
    },
  ),
  /** The client sent this frame. Recorded only for a raw client that was set to record it. */
  "frame-sent": eventKind(
    { command: z.string(), headers },
    {
      sentence: (event) =>
        say`sent ${name(event.command)}, with the headers ${text(JSON.stringify(event.headers))}`,
      arrow: ({ command }) => sent`${name(command)}`,
    },
  ),
  /** A session of a crowd opened, identified and ended. The history keeps only this event of it. */
  "passed-by": eventKind(
    { client: z.string(), transport: z.string(), fault: z.string(), witness: z.string().nullable() },
    {
      sentence: ({ client, transport, fault, witness }) =>
        say`joined as ${name(client)}, by ${name(transport)}, and ended by ${words(fault)}: ${words(witness ?? "without a witness")}`,
      arrow: ({ client, fault }) => atAll`${name(client)} joined and ended by ${name(fault)}`,
    },
  ),
  /** A throwaway session of the harness ended. Its leave shows which observers still listen. */
  "sentinel-ended": eventKind(
    { client: z.string() },
    {
      sentence: ({ client }) => say`ended the sentinel session ${name(client)}`,
      arrow: () => atAll`a sentinel session ends: who still listens?`,
    },
  ),
  /**
   * The harness's event loop or its proxy was delayed until now. Only delays that could matter to a verdict are recorded.
   * `lagMs` is the longest of them; `sumMs` their sum over the last `overMs`. Without those two there was one delay.
   */
  "harness-lagged": eventKind(
    {
      lagMs: ms,
      source: z.enum(["event-loop", "proxy"]),
      sumMs: ms.optional(),
      overMs: ms.optional(),
    },
    {
      sentence: ({ lagMs, source, sumMs = lagMs, overMs = lagMs }) => {
        if (source === "proxy") return say`was delayed: its proxy took ${time(lagMs)}`;
        return sumMs > lagMs
          ? say`was delayed by ${time(sumMs)} in all, over ${time(overMs)}`
          : say`was delayed by ${time(lagMs)}`;
      },
      arrow: ({ lagMs }) => atAll`the harness was delayed by ${time(lagMs)}`,
    },
  ),
  /** The session id that the page reported, beside the one in the address that the browser requested. */
  "session-id-read": eventKind(
    { read: z.string().nullable(), requested: z.string().nullable() },
    {
      sentence: ({ read, requested }) =>
        say`read ${sessionId(read)} in the page; the browser requested ${sessionId(requested)}`,
      arrow: ({ read }) => atActor`reads ${sessionId(read)}`,
    },
  ),
};

const openSessions = (sessions: number | null): Phrase =>
  sessions === null ? [] : say` and ${amount(sessions, "open session")}`;

const reported = (events: readonly ReportedEvent[]): Phrase =>
  events.length === 0
    ? []
    : say`, and ${text(events.map(({ about, command }) => `${about} ${command}`).join(", "))}`;

const sessionId = (value: string | null): Phrase =>
  value === null ? say`no session id` : say`session id ${name(value)}`;
