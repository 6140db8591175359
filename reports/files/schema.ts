import * as z from "zod";
import type { RunRecord } from "../../harness/judge/record.ts";
import { plain } from "../words/text.ts";

const count = z.int().nonnegative();
const ms = z.number().nonnegative();
const index = z.int().nonnegative();

function event<Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) {
  return z.strictObject({ index, atMs: ms, actor: z.string(), kind: z.literal(kind), ...fields });
}

const headers = z.record(z.string(), z.string());
const toldEvent = z.strictObject({
  about: z.enum(["connect", "frame"]),
  sessionId: z.string(),
  command: z.string(),
  headers,
});

export const historyEvent = z
  .discriminatedUnion("kind", [
    event("opened", { transport: z.string(), sessionId: z.string().nullable() }),
    event("session-requested", { sessionId: z.string() }),
    event("connected", { version: z.string(), clientHeartbeatMs: ms, serverHeartbeatMs: ms }),
    event("subscribe-sent", { destination: z.string() }),
    event("subscribed", { destination: z.string(), confirmedBy: z.enum(["receipt", "probe", "delay"]) }),
    event("unsubscribed", {}),
    event("identify-sent", { client: z.string(), body: z.string() }),
    event("disconnect-sent", { receipt: z.boolean() }),
    event("receipt", { of: z.string() }),
    event("notice", {
      event: z.enum(["join", "leave"]),
      client: z.string().nullable(),
      cause: z.string().nullable(),
      body: z.string(),
      claimedBy: z.enum(["this-case", "nobody"]),
    }),
    event("message", { destination: z.string(), body: z.string() }),
    event("wrong-content-length", { declared: count, bytes: count, frame: z.string() }),
    event("heard", { bytes: count }),
    event("roster-read", { clients: z.array(z.string()) }),
    event("before-open", { frame: z.string() }),
    event("stomp-error", { message: z.string() }),
    event("gave-up", { reason: z.string().optional() }),
    event("closed", { code: z.int().nullable(), reason: z.string() }),
    event("end-received", {}),
    event("identify-held", { bytes: count }),
    event("fault-injected", {
      fault: z.string(),
      ends: z.enum(["visibly", "silently", "with-target", "not"]),
    }),
    event("fault-witnessed", { fault: z.string(), witness: z.string(), effectAtMs: ms }),
    event("fault-forestalled", { fault: z.string() }),
    event("fault-healed", { fault: z.string() }),
    event("last-byte-forwarded", { forwardedAtMs: z.number() }),
    event("waited-out", { waitedMs: ms }),
    event("waited-in-vain", { awaited: z.string(), waitedMs: ms }),
    event("overheard", {
      client: z.string(),
      heard: count,
      sessions: count,
      by: z.string().optional(),
      quotes: z.array(z.strictObject({ atMs: z.number(), body: z.string() })).optional(),
    }),
    event("target-stopped", {}),
    event("target-started", {}),
    event("probed", { askedAtMs: ms, mappings: count, sessions: count.nullable(), told: z.array(toldEvent) }),
    event("frame-sent", { command: z.string(), headers }),
    event("passed-by", {
      client: z.string(),
      transport: z.string(),
      fault: z.string(),
      witness: z.string().nullable(),
    }),
    event("sentinel-ended", { client: z.string() }),
    event("harness-lagged", {
      lagMs: ms,
      source: z.enum(["event-loop", "proxy"]),
      sumMs: ms.optional(),
      overMs: ms.optional(),
    }),
    event("session-id-read", { read: z.string().nullable(), requested: z.string().nullable() }),
  ])
  .meta({ id: "HistoryEvent" });

function check<Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) {
  return z.strictObject({
    requirement: z.string(),
    check: z.string(),
    kind: z.literal(kind),
    ...fields,
    attempts: count,
    failedAttempts: count,
    passedAttempts: count.exactOptional(),
    onlyBeside: z.literal(true).exactOptional(),
  });
}

const evidence = z.array(index).describe("Indices of the events that show it.");
const checkRecord = z
  .discriminatedUnion("kind", [
    check("pass", { evidence }),
    check("fail", { expected: z.string(), actual: z.string(), evidence }),
    check("inconclusive", { reason: z.string() }),
    check("not-applicable", { reason: z.string() }),
  ])
  .meta({ id: "CheckRecord" });

const detection = z
  .strictObject({
    actor: z.string(),
    observer: z.string(),
    cause: z.string(),
    latencyMs: z.number(),
    earliestMs: z.number().nullable().describe("Null where the window is one-sided."),
    latestMs: z.number(),
  })
  .meta({ id: "Detection" });

const missed = z
  .strictObject({ actor: z.string(), observer: z.string(), cause: z.string(), latestMs: z.number() })
  .meta({ id: "Missed" });

const caseRecord = z
  .strictObject({
    id: z.string().min(1),
    scenario: z.string().min(1),
    title: z.string(),
    axes: z.record(z.string(), z.string()),
    durationMs: ms,
    lagMaxMs: ms,
    verdicts: z.array(checkRecord),
    detections: z.array(detection),
    missed: z.array(missed).exactOptional().describe("Ends that an observer was not told of."),
    refusedOnce: z
      .string()
      .exactOptional()
      .describe("How a client was refused in an attempt that does not count."),
    history: z.string().exactOptional().describe("The stored history, relative to the record."),
    replay: z
      .string()
      .exactOptional()
      .describe("The file that plays a property's counterexample again, relative to the record."),
    steps: z.array(z.string()).exactOptional().describe("What is done in that counterexample, a line each."),
    timeline: z.array(historyEvent).exactOptional().describe("The history, for a case that did not pass."),
  })
  .meta({ id: "CaseRecord" });

const requirement = z
  .strictObject({
    id: z.string().min(1),
    level: z.enum(["MUST", "SHOULD", "MAY"]),
    basis: z.enum(["spec", "flow", "declared"]),
    text: z.string(),
    citation: z.string(),
    verdict: z.enum(["pass", "fail", "inconclusive", "not-applicable"]),
  })
  .meta({ id: "Requirement" });

const againstBaseline = z
  .strictObject({
    file: z.string(),
    worse: z
      .array(z.strictObject({ case: z.string(), requirement: z.string(), why: z.string() }))
      .describe("Failures of binding requirements that no entry accepts, and why not."),
    known: z
      .array(
        z.strictObject({
          case: z.string(),
          requirement: z.string(),
          reason: z.string(),
          owner: z.string(),
          expires: z.string(),
        }),
      )
      .describe("Failures that an entry accepts."),
    obsolete: z
      .array(
        z.strictObject({
          requirement: z.string(),
          cases: z.string(),
          kind: z.enum(["passes", "expired", "stale", "unmatched"]),
          words: z.string(),
        }),
      )
      .describe("Entries that no longer hold."),
  })
  .meta({ id: "AgainstBaseline", description: "The run beside a committed list of known failures." });

const lag = z.strictObject({ p50Ms: ms, maxMs: ms });

/** The record as a file holds it. An unknown key is an error. Names end in their units: `Ms` is milliseconds. */
export const recordSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: z.literal("hangup"), version: z.string() }),
    target: z.strictObject({
      name: z.string(),
      url: z.string(),
      profile: z.record(z.string(), z.unknown()),
    }),
    environment: z.strictObject({
      node: z.string(),
      platform: z.string(),
      cpus: count,
      browser: z.string().nullable(),
    }),
    startedAt: z.iso.datetime(),
    durationMs: ms,
    longestWindowMs: ms,
    seed: z.int(),
    strict: z.boolean().describe("A SHOULD counted as a MUST."),
    outcome: z.enum(["conformant", "nonconformant", "incomplete"]),
    exitCode: z.int().min(0).max(255),
    musts: z.strictObject({ judged: count, total: count }),
    lag: lag.extend({ proxy: lag.describe("The same for a byte through a proxy and back.") }),
    waivers: z.array(z.strictObject({ requirement: z.string(), reason: z.string() })),
    notes: z.array(z.string()),
    totals: z
      .strictObject({ pass: count, fail: count, inconclusive: count, notApplicable: count })
      .describe("Cases by their worst verdict."),
    requirements: z.array(requirement),
    baseline: againstBaseline.exactOptional(),
    shard: z
      .strictObject({
        index: z.int().min(1),
        of: z.int().min(1),
        asked: z.string().describe("By which options the whole was selected."),
      })
      .exactOptional()
      .describe("Which part of the cases it was to run; left out where it was all of them."),
    cases: z.array(caseRecord),
  })
  .check(({ value, issues }) => {
    const known = new Set(value.requirements.map(({ id }) => id));
    const seen = new Set<string>();
    for (const [place, { id, verdicts }] of value.cases.entries()) {
      if (seen.has(id))
        issues.push(issue(["cases", place, "id"], `"${id}" is the id of an earlier case, too`));
      seen.add(id);
      for (const [number, { requirement: asked }] of verdicts.entries())
        if (!known.has(asked))
          issues.push(
            issue(
              ["cases", place, "verdicts", number, "requirement"],
              `"${asked}" is not among the requirements`,
            ),
          );
    }
  })
  .meta({ title: "The record of one run of hangup" });

function issue(path: (string | number)[], message: string): z.core.$ZodRawIssue {
  return { code: "custom", path, message, input: undefined };
}

/** A file that is no run record. The message names the file, the places in it and the mend. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

const issuesShown = 5;

/**
 * Reads a run record from JSON text. `where` names the text in messages, as a rule its file.
 * Throws a `RecordError` when the text is no JSON, of another schema version, or not a record.
 */
export function parseRecord(json: string, where: string): RunRecord {
  const parsed = parseJson(json, where);
  const version = versionOf(parsed);
  if (version !== undefined && version !== 1)
    throw new RecordError(
      `${where}: schemaVersion is ${plain(JSON.stringify(version), 40)}, and this hangup reads 1. ` +
        "Read it with the version of hangup that wrote it, or run the suite again.",
    );
  const result = recordSchema.safeParse(parsed);
  if (result.success) return result.data;
  throw new RecordError(complaint(result.error.issues, where));
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new RecordError(
      `${where}: not JSON: ${plain(error instanceof Error ? error.message : String(error), 200)}. ` +
        "Give the report.json of a run that ended.",
      { cause: error },
    );
  }
}

function versionOf(parsed: unknown): unknown {
  return typeof parsed === "object" && parsed !== null && "schemaVersion" in parsed
    ? parsed.schemaVersion
    : undefined;
}

function complaint(issues: readonly z.core.$ZodIssue[], where: string): string {
  const lines = issues
    .slice(0, issuesShown)
    .map(
      ({ path, message }) => `  ${plain(z.core.toDotPath(path), 120) || "the whole"}: ${plain(message, 200)}`,
    );
  const more = issues.length > issuesShown ? [`  and ${issues.length - issuesShown} more`] : [];
  return [
    `${where}: not a run record of hangup:`,
    ...lines,
    ...more,
    "Mend these places, or write the record anew with `hangup run`.",
  ].join("\n");
}
