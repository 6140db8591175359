import { availableParallelism } from "node:os";
import { isProfileMismatch } from "../../harness/judge/profile-mismatch.ts";
import { conclude, incompleteness } from "../../harness/judge/outcome.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { RunResult } from "../../harness/run/runner.ts";
import { maskedAddress, maskedProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { countOf } from "../../reports/words/text.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { exitCodes } from "../exit.ts";
import type { Target } from "../target/target.ts";
import { version } from "../version.ts";

/** What a record needs beyond the cases themselves. */
export interface RunFacts {
  readonly target: Target;
  readonly strict: boolean;
  /** How many cases were to be run. */
  readonly asked: number;
  readonly interrupted: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly seed: number;
  /** Name and version; null when none was used. */
  readonly browser: string | null;
  /** Why browser cases were not run, where that was so. */
  readonly browserMissing: string | undefined;
  /** What else its reader must know of the run as a whole. */
  readonly remarks?: readonly string[];
  /** Which part of the cases it is; all of them when left out. */
  readonly shard?: RunRecord["shard"] | undefined;
}

/** How a note begins that says why a run, or a shard of one, ended before its first case. */
export const noCaseRan = "No case ran: ";

/** Whether a run, or a shard of one, ended before its first case. */
export const lacksCases = ({ notes }: Pick<RunRecord, "notes">): boolean =>
  notes.some((note) => note.startsWith(noCaseRan));

/** The record of a run, with its conclusion. */
export function recordOf({ finished, lag }: RunResult, facts: RunFacts): RunRecord {
  const { profile, url } = facts.target;
  const cases = finished.map(({ record }) => record);
  const { notes, ...conclusion } = conclude(cases, requirements, {
    waivers: profile.waivers,
    strict: facts.strict,
  });
  return {
    schemaVersion: 1,
    tool: { name: "hangup", version },
    target: {
      name: secrets.mask(profile.name),
      url: maskedAddress(url.href),
      profile: maskedProfile({ ...profile, url: url.href }),
    },
    environment: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpus: availableParallelism(),
      browser: facts.browser,
    },
    startedAt: facts.startedAt.toISOString(),
    durationMs: facts.durationMs,
    longestWindowMs: longestWindowMs(cases),
    seed: facts.seed,
    strict: facts.strict,
    ...conclusion,
    ...(facts.interrupted ? interruption(conclusion.outcome) : {}),
    lag,
    waivers: secrets.maskAll(profile.waivers, new Set(["requirement"])),
    notes: [
      ...(facts.remarks ?? []),
      ...refusalsIn(cases),
      ...(facts.browserMissing === undefined ? [] : [`Browser cases were not run: ${facts.browserMissing}`]),
      ...(facts.interrupted ? [`Interrupted: ${cases.length} of ${facts.asked} cases had ended.`] : notes),
    ],
    ...(facts.shard === undefined ? {} : { shard: facts.shard }),
    cases,
  };
}

/** The same run, with its cases judged anew. What the old verdicts were beside a baseline says nothing of them. */
export function withCases(before: RunRecord, cases: readonly CaseRecord[]): RunRecord {
  const record: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = { ...before };
  delete record.baseline;
  const { waivers, strict } = record;
  const { notes, ...conclusion } = conclude(cases, requirements, { waivers, strict });
  // Other shards may be in order.
  const isPart = conclusion.outcome === "conformant" && lacksCases(record);
  const wasInterrupted = record.exitCode === exitCodes.interrupted;
  return {
    ...record,
    ...conclusion,
    ...(isPart ? { outcome: "incomplete" as const, exitCode: exitCodes.incomplete } : {}),
    longestWindowMs: longestWindowMs(cases),
    ...(wasInterrupted ? interruption(conclusion.outcome) : {}),
    notes: [
      ...record.notes.filter((note) => !incompleteness.includes(note) && !isProfileMismatch(note)),
      ...(wasInterrupted ? [] : notes),
    ],
    cases,
  };
}

/** Says which cases had a client refused beside others; they are judged by an attempt alone. */
function refusalsIn(cases: readonly CaseRecord[]): string[] {
  const refused = cases.filter(({ refusedOnce }) => refusedOnce !== undefined);
  const [first] = refused;
  if (first?.refusedOnce === undefined) return [];
  return [
    `${countOf(refused.length, "case")} refused once beside others, such as ${first.id}: ${first.refusedOnce}`,
  ];
}

const longestWindowMs = (cases: readonly CaseRecord[]): number =>
  Math.max(0, ...cases.flatMap(({ detections }) => detections.map(({ latestMs }) => latestMs)));

/** What an interrupted run has found it has found; what it has not proven is open. */
function interruption(outcome: RunRecord["outcome"]): Pick<RunRecord, "outcome" | "exitCode"> {
  return { outcome: outcome === "nonconformant" ? outcome : "incomplete", exitCode: exitCodes.interrupted };
}
