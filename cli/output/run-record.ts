import { availableParallelism } from "node:os";
import { isProfileMismatch } from "../../harness/judge/profile-mismatch.ts";
import { conclude, incompleteness } from "../../harness/judge/outcome.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { Requirement } from "../../harness/judge/requirement.ts";
import { saidIn, type TargetSaid } from "../../harness/judge/target-said.ts";
import type { RunResult } from "../../harness/run/runner.ts";
import { maskedAddress, maskedProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { countOf } from "../../reports/words/text.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { exitCodes } from "../exit.ts";
import type { RunTarget } from "../target/target.ts";
import { source, version } from "../version.ts";

/** Facts for a run record beside its cases. */
export interface RunFacts {
  readonly target: RunTarget;
  /** Options that name the target once more. */
  readonly options?: readonly string[];
  /** Options that selected the cases. */
  readonly selection?: RunRecord["selection"];
  readonly strict: boolean;
  /** Number of cases that were to be run. */
  readonly asked: number;
  readonly interrupted: boolean;
  /** Limit of failures that ended the run early; undefined if none did. */
  readonly stopped?: { readonly failures: number; readonly option: string } | undefined;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly seed: number;
  /** Name and version of the browser; null if the run used none. */
  readonly browser: string | null;
  /** Reason why browser cases were not run; undefined if they were. */
  readonly browserMissing: string | undefined;
  /** Sentence about a run that ended before all cases had run; undefined if all had. */
  readonly endedEarly?: string | undefined;
  /** Further notes on the run as a whole. */
  readonly remarks?: readonly string[];
  /** Answer to SockJS's info request; undefined if there is none. */
  readonly info?: TargetSaid["info"];
  /** Part of the cases that this run covers; all cases if undefined. */
  readonly shard?: RunRecord["shard"] | undefined;
}

/** Start of the note for a run, or a shard, that ended before its first case. */
export const noCaseRan = "No case ran: ";

/** Start of the note for a run, or a shard, that ended before its last case, because its target was gone. */
const endedEarly = "The run ended early: ";

/** Start of the note for a run that ended at its limit of failures. */
const stoppedAfter = "Stopped after ";

const hasNote = ({ notes }: Pick<RunRecord, "notes">, start: string): boolean =>
  notes.some((note) => note.startsWith(start));

/** Returns true if a run, or one of its shards, ended before its last case. An interruption is not included. */
export const lacksCases = (record: Pick<RunRecord, "notes">): boolean =>
  [noCaseRan, endedEarly, stoppedAfter].some((start) => hasNote(record, start));

/** Creates the record of a run, with its conclusion. */
export function recordOf({ finished, lag }: RunResult, facts: RunFacts): RunRecord {
  const { profile, url } = facts.target;
  const cases = finished.map(({ record }) => record);
  const { notes, ...concluded } = conclude(cases, requirements, {
    waivers: profile.waivers,
    strict: facts.strict,
  });
  const stop = facts.interrupted ? undefined : stopNote(facts, cases.length);
  const conclusion = stop === undefined ? concluded : asPart(concluded);
  return {
    schemaVersion: 1,
    tool: { name: "hangup", version, ...(source === undefined ? {} : { source }) },
    target: {
      name: secrets.mask(profile.name),
      url: maskedAddress(url.href),
      profile: maskedProfile({ ...profile, url: url.href }),
      ...(facts.options === undefined ? {} : { options: secrets.maskAll(facts.options) }),
      said: saidBy(finished, facts.info),
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
    ...(facts.selection === undefined ? {} : { selection: secrets.maskAll(facts.selection) }),
    strict: facts.strict,
    ...conclusion,
    ...(facts.interrupted ? interruption(conclusion.outcome) : {}),
    lag,
    waivers: secrets.maskAll(profile.waivers, new Set(["requirement"])),
    notes: [
      ...(facts.remarks ?? []),
      ...refusalsIn(cases),
      ...(facts.browserMissing === undefined ? [] : [`Browser cases were not run: ${facts.browserMissing}`]),
      ...(stop === undefined ? [] : [stop]),
      ...(facts.interrupted
        ? [`Interrupted: ${cases.length} of ${facts.asked} cases had ended.`]
        : notesOf(notes, stop !== undefined)),
    ],
    ...(facts.shard === undefined ? {} : { shard: facts.shard }),
    ...(facts.asked > cases.length ? { notRun: facts.asked - cases.length } : {}),
    cases,
  };
}

function saidBy(finished: RunResult["finished"], info: TargetSaid["info"]): TargetSaid {
  const histories = finished.flatMap(({ attempts }) => attempts.map(({ events }) => events));
  return { ...saidIn(histories), ...(info === undefined ? {} : { info }) };
}

/** Returns the same run with other verdicts. Keeps the requirements of the run's own config. Removes the baseline result, because it belongs to the old verdicts. */
export function withCases(before: RunRecord, cases: readonly CaseRecord[]): RunRecord {
  const record: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = { ...before };
  delete record.baseline;
  const { waivers, strict } = record;
  const isOwn = ({ id }: Requirement) => !requirements.some((known) => known.id === id);
  const catalogue = [...requirements, ...record.requirements.filter(isOwn)];
  const { notes, ...concluded } = conclude(cases, catalogue, { waivers, strict });
  // Other shards may be complete.
  const conclusion = lacksCases(record) ? asPart(concluded) : concluded;
  const wasInterrupted = record.exitCode === exitCodes.interrupted;
  return {
    ...record,
    ...conclusion,
    longestWindowMs: longestWindowMs(cases),
    ...(wasInterrupted ? interruption(conclusion.outcome) : {}),
    notes: [
      ...record.notes.filter((note) => !incompleteness.includes(note) && !isProfileMismatch(note)),
      ...(wasInterrupted ? [] : notesOf(notes, hasNote(record, endedEarly) || hasNote(record, stoppedAfter))),
    ],
    cases,
  };
}

/** Returns the conclusion of a run that lacks cases: without a failure it is incomplete. */
function asPart<Conclusion extends Pick<RunRecord, "outcome" | "exitCode">>(
  conclusion: Conclusion,
): Conclusion | (Conclusion & { outcome: "incomplete"; exitCode: number }) {
  return conclusion.outcome === "conformant"
    ? { ...conclusion, outcome: "incomplete", exitCode: exitCodes.incomplete }
    : conclusion;
}

/** Returns the notes of a conclusion. The note on an early end also explains which evidence is missing. */
const notesOf = (notes: readonly string[], isStopped: boolean): readonly string[] =>
  isStopped ? notes.filter((note) => !incompleteness.includes(note)) : notes;

/** Returns the reason for which a run ended before its last case; undefined if it did not. */
function stopNote({ stopped, endedEarly: why, asked }: RunFacts, ran: number): string | undefined {
  if (why !== undefined) return `${endedEarly}${why}`;
  if (stopped === undefined || ran === asked) return undefined;
  const { failures, option } = stopped;
  return `${stoppedAfter}${countOf(failures, "failed case")}, by ${option}: ${asked - ran} of ${countOf(asked, "case")} did not run.`;
}

/**
 * Returns a note on cases whose client was refused while other cases ran. These cases were judged by a repeat without
 * others.
 */
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

/** Returns the outcome of an interrupted run: failures count, everything else is incomplete. */
function interruption(outcome: RunRecord["outcome"]): Pick<RunRecord, "outcome" | "exitCode"> {
  return { outcome: outcome === "nonconformant" ? outcome : "incomplete", exitCode: exitCodes.interrupted };
}
