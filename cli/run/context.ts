import { createHash } from "node:crypto";
import type { RunRecord } from "../../harness/judge/record.ts";
import { maskedAddress } from "../../harness/profile/profile-secrets.ts";
import { needs, type Case } from "../../harness/scenario/scenario.ts";
import type { Gate, GateOptions } from "../baseline/gate.ts";
import type { Selection } from "../cases/select-cases.ts";
import type { ReporterOptions, Reporters } from "../output/reporters.ts";
import type { RunTargetChoice } from "../target/find-target.ts";
import { profileFileOf } from "../target/profile-file.ts";
import type { RunTarget } from "../target/target.ts";
import type { ProgressStream } from "../output/terminal-width.ts";

export interface RunArguments extends Selection, RunTargetChoice, GateOptions, ReporterOptions {
  /** Maximum number of cases that run at the same time. */
  readonly workers?: number;
  /** Time during which a soak starts new rounds. */
  readonly minutes?: number;
  /** Seed of the random histories and orders. */
  readonly seed?: number;
  /** Number of random histories; depends on the tier if undefined. */
  readonly runs?: number;
  readonly browser?: "chromium" | "none";
  /** Deadline of a silent drop in milliseconds; the profile's, or a minute, if undefined. */
  readonly silentWithin?: number;
  readonly out: string;
  readonly strict?: boolean;
  /** False for a run that does not examine the target first. */
  readonly preflight?: boolean;
  /** Runs only the cases that failed or were inconclusive in the last run recorded in `out`. */
  readonly failed?: boolean;
  /** Ends the run after the first failed case. */
  readonly failFast?: boolean;
  /** Ends the run after this number of failed cases. */
  readonly maxFailures?: number;
}

/** Default number of cases that run at the same time. Cases mostly wait. */
const defaultWorkers = 32;

/** Default on a target elsewhere. hangup cannot know how much such a server, or the network in between, takes. */
const remoteWorkers = 8;

/**
 * Returns the maximum number of cases that act at the same time.
 * @param address of the target; undefined or with placeholders if hangup starts it on this machine
 */
export function workersOf({ workers }: Pick<RunArguments, "workers">, address: string | undefined): number {
  if (workers !== undefined) return workers;
  const isElsewhere =
    address !== undefined &&
    URL.canParse(address) &&
    !/^(localhost|127\..*|\[::1\])$/.test(new URL(address).hostname);
  return isElsewhere ? remoteWorkers : defaultWorkers;
}

/** Default time during which a soak starts new rounds, in minutes. */
const defaultSoakMinutes = 10;

/** Returns the time during which a soak starts new rounds, in milliseconds. */
export const soakMsOf = ({ minutes = defaultSoakMinutes }: RunArguments): number => minutes * 60_000;

/** Returns the options that select cases, for the record. */
export const selectionOf = ({
  tier = "full",
  grep,
  requirement,
  failed,
}: RunArguments): NonNullable<RunRecord["selection"]> => ({
  tier,
  ...(grep === undefined ? {} : { grep }),
  ...(requirement === undefined ? {} : { requirement }),
  ...(failed === true ? { failed } : {}),
});

/**
 * Returns the options that name the target once more, for commands that a report offers. An address is without secrets. The
 * profile's file is named even if it was found without an option.
 */
export function targetOptionsOf({
  reference,
  url,
  profile,
  config,
  silentWithin,
}: RunArguments): readonly string[] {
  if (reference === true) return ["--reference", ...silentOption(silentWithin)];
  const file = config === undefined ? profileFileOf(profile) : undefined;
  return [
    ...(url === undefined ? [] : ["--url", maskedAddress(url)]),
    ...(file === undefined ? [] : ["--profile", file]),
    ...silentOption(silentWithin),
  ];
}

const silentOption = (ms: number | undefined): readonly string[] =>
  ms === undefined ? [] : ["--silent-within", ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`];

/** Values that every step of a run needs. */
export interface RunContext {
  /** Where the run says how far it is. */
  readonly progress: ProgressStream;
  readonly options: RunArguments;
  readonly target: RunTarget;
  readonly signal: AbortSignal;
  readonly reporters: Reporters;
  readonly gate: Gate | undefined;
}

/** Returns the selection of cases and the split into shards as a text. It is equal in all shards of one run. */
export function askedIn(
  { tier = "full", grep, requirement, runs, failed }: RunArguments,
  gate: Gate | undefined,
): string {
  const durations = gate?.baseline.cases;
  const split =
    durations && createHash("sha256").update(JSON.stringify(durations)).digest("hex").slice(0, 16);
  return JSON.stringify({ tier, grep, requirement, runs, failed, split });
}

export const needsBrowser = (one: Case) => needs(one, "browser");
