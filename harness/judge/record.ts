import * as z from "zod";
import { historyEvent } from "../history/events/events.ts";
import { ms, quantity as count } from "../history/events/event-kind.ts";
import type { DeepReadonly } from "../util/deep-readonly.ts";
import { bases, levels } from "./requirement.ts";
import { targetSaid } from "./target-said.ts";
import { verdictFields, type CheckVerdict, type VerdictKind } from "./verdict.ts";

const checkFields = {
  attempts: count,
  failedAttempts: count,
  passedAttempts: count.exactOptional(),
  onlyBeside: z.literal(true).exactOptional(),
};

const check = <Kind extends VerdictKind>(kind: Kind) =>
  z.strictObject({
    requirement: z.string(),
    check: z.string(),
    kind: z.literal(kind),
    ...verdictFields[kind],
    ...checkFields,
  });

/**
 * One check's verdict. `attempts` is the number of attempts that count, `failedAttempts` in how many of them the check failed.
 * `passedAttempts` is set for a check that failed in one of several attempts: in how many of them every check of the case
 * passed. `onlyBeside` means: it failed in every attempt beside other cases, and alone the case passed.
 */
export type CheckRecord = CheckVerdict & DeepReadonly<z.output<z.ZodObject<typeof checkFields>>>;

const checkRecord = z
  .discriminatedUnion("kind", [check("pass"), check("fail"), check("inconclusive"), check("not-applicable")])
  .meta({ id: "CheckRecord" }) as unknown as z.ZodType<CheckRecord>;

/** The time from a session's end to its leave at one observer, and the window in which the leave was due. */
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

export type Detection = DeepReadonly<z.infer<typeof detection>>;

/** A session's end whose leave was due at an observer within `latestMs` and did not arrive. */
const missed = z
  .strictObject({ actor: z.string(), observer: z.string(), cause: z.string(), latestMs: z.number() })
  .meta({ id: "Missed" });

export type Missed = DeepReadonly<z.infer<typeof missed>>;

const caseRecord = z
  .strictObject({
    /** The scenario's id, and its axes if it has any: `leave/fin`, `browser/session-id[transport=websocket]`. */
    id: z.string().min(1),
    scenario: z.string().min(1),
    title: z.string(),
    axes: z.record(z.string(), z.string()),
    startedAt: z.iso
      .datetime()
      .exactOptional()
      .describe(
        "Wall-clock start of the attempt that the record shows. Times of its events count from here.",
      ),
    durationMs: ms,
    /** The harness's own longest event-loop delay while the case ran. */
    lagMaxMs: ms,
    verdicts: z.array(checkRecord),
    detections: z.array(detection),
    missed: z.array(missed).exactOptional().describe("Ends whose leave an observer did not receive."),
    refusedOnce: z
      .string()
      .exactOptional()
      .describe("Refusal of a client in an attempt that does not count."),
    history: z.string().exactOptional().describe("The stored history, relative to the record."),
    replay: z
      .string()
      .exactOptional()
      .describe("The file that plays a property's counterexample again, relative to the record."),
    steps: z.array(z.string()).exactOptional().describe("Steps of that counterexample, a line each."),
    timeline: z.array(historyEvent).exactOptional().describe("The history, for a case that did not pass."),
  })
  .meta({ id: "CaseRecord" });

export type CaseRecord = DeepReadonly<z.infer<typeof caseRecord>>;

const requirement = z
  .strictObject({
    id: z.string().min(1),
    level: z.enum(levels),
    basis: z.enum(bases),
    text: z.string(),
    citation: z.string(),
    verdict: z.enum(["pass", "fail", "inconclusive", "not-applicable"]),
  })
  .meta({ id: "Requirement" });

const againstBaseline = z
  .strictObject({
    /** The list's path, as the user gave it. */
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
          /** A date, YYYY-MM-DD: from this day on the entry accepts nothing. */
          expires: z.string(),
          accepts: z
            .literal("inconclusive")
            .exactOptional()
            .describe("Accepted verdict; a failure if left out."),
        }),
      )
      .describe("Failures and inconclusive verdicts that an entry accepts."),
    newer: z
      .array(
        z.strictObject({
          case: z.string(),
          requirement: z.string(),
          kind: z.enum(["fail", "inconclusive"]),
        }),
      )
      .exactOptional()
      .describe("Findings of binding requirements that are newer than the list. They are warnings."),
    warnings: z.array(z.string()).exactOptional().describe("Remarks on entries that may be obsolete."),
    obsolete: z
      .array(
        z.strictObject({
          requirement: z.string(),
          /** The entry's pattern over case ids. */
          cases: z.string(),
          kind: z.enum(["passes", "expired", "stale", "unmatched"]),
          /** The problem, and how to fix it. */
          words: z.string(),
        }),
      )
      .describe("Entries that no longer hold."),
  })
  .meta({ id: "AgainstBaseline", description: "The run beside a committed list of known failures." });

/** Comparison of a run with a list of known failures. Where nothing is worse and no entry is obsolete, the exit code is 0. */
export type AgainstBaseline = DeepReadonly<z.infer<typeof againstBaseline>>;

/** The harness's own delays over a run, in milliseconds. */
const lag = z.strictObject({ p50Ms: ms, maxMs: ms });

export type Lag = DeepReadonly<z.infer<typeof lag>>;

const environment = z.strictObject({
  node: z.string(),
  platform: z.string(),
  cpus: count,
  /** Name and version of the browser; null when there was none. */
  browser: z.string().nullable(),
});

const outcomes = ["conformant", "nonconformant", "incomplete"] as const;

export type Outcome = (typeof outcomes)[number];

/**
 * The record of one run. Reports show nothing else. An unknown key is an error. Names end in their units: `Ms` is
 * milliseconds.
 */
export const runRecord = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({
      name: z.literal("hangup"),
      version: z.string(),
      source: z.string().exactOptional().describe("Address of hangup's source files, such as scenarios."),
    }),
    target: z.strictObject({
      name: z.string(),
      url: z.string(),
      profile: z.record(z.string(), z.unknown()),
      options: z
        .array(z.string())
        .exactOptional()
        .describe("Options of `hangup run` that name this target, such as `--profile` and its file."),
      said: targetSaid.exactOptional(),
    }),
    environment,
    startedAt: z.iso.datetime(),
    durationMs: ms,
    /** The longest window in which a leave was due, so that the run could not be shorter. 0 where no leave was timed. */
    longestWindowMs: ms,
    seed: z.int(),
    selection: z
      .strictObject({
        tier: z.string(),
        grep: z.string().exactOptional(),
        requirement: z.string().exactOptional(),
        failed: z.literal(true).exactOptional().describe("Only what had failed in an earlier run."),
      })
      .exactOptional()
      .describe("Options that selected the cases."),
    strict: z.boolean().describe("A SHOULD counted as a MUST."),
    outcome: z.enum(outcomes),
    exitCode: z.int().min(0).max(255),
    /** MUSTs with at least one pass or fail, of all MUSTs of the selected cases. */
    musts: z.strictObject({ judged: count, total: count }),
    lag: lag.extend({ proxy: lag.describe("The same for a byte through a proxy and back.") }),
    waivers: z.array(z.strictObject({ requirement: z.string(), reason: z.string() })),
    /** Remarks on the run as a whole, such as a missing browser. */
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
        asked: z.string().describe("Options that selected the cases of all shards."),
      })
      .exactOptional()
      .describe("Shard of the cases in this run; left out for a run of all cases."),
    notRun: z
      .int()
      .min(1)
      .exactOptional()
      .describe("Number of selected cases that did not run, because the run ended before them."),
    cases: z.array(caseRecord),
  })
  .check(({ value, issues }) => {
    const known = new Set(value.requirements.map(({ id }) => id));
    const seen = new Set<string>();
    for (const [place, { id, verdicts }] of value.cases.entries()) {
      if (seen.has(id))
        issues.push(issue(["cases", place, "id"], `"${id}" is the id of an earlier case, too`));
      seen.add(id);
      for (const [number, verdict] of verdicts.entries())
        if (!known.has(verdict.requirement))
          issues.push(
            issue(
              ["cases", place, "verdicts", number, "requirement"],
              `"${verdict.requirement}" is not among the requirements`,
            ),
          );
    }
  })
  .meta({ title: "The record of one run of hangup" });

export type RunRecord = DeepReadonly<z.infer<typeof runRecord>>;

function issue(path: (string | number)[], message: string): z.core.$ZodRawIssue {
  return { code: "custom", path, message, input: undefined };
}
