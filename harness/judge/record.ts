import type { HistoryEvent } from "../history/history.ts";

import type { Requirement } from "./requirement.ts";
import type { Verdict, VerdictKind } from "./verdict.ts";

/** What a run leaves behind: everything that the reports say comes from here. Times are milliseconds. */
export interface RunRecord {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "hangup"; readonly version: string };
  readonly target: {
    readonly name: string;
    readonly url: string;
    readonly profile: Readonly<Record<string, unknown>>;
  };
  readonly environment: Environment;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Of all the windows in which a leave was due: a run can't be shorter. 0 where nothing was timed. */
  readonly longestWindowMs: number;
  readonly seed: number;
  /** A SHOULD counted as a MUST. */
  readonly strict: boolean;
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** MUSTs with at least one pass or fail, of all MUSTs that the selected cases ask about. */
  readonly musts: { readonly judged: number; readonly total: number };
  /** The harness's own event-loop delay over the whole run, and that of a byte through a proxy and back. */
  readonly lag: Lag & { readonly proxy: Lag };
  readonly waivers: readonly { readonly requirement: string; readonly reason: string }[];
  /** Things about the run as a whole that its reader must know, such as a missing browser. */
  readonly notes: readonly string[];
  /** Cases by their worst verdict. */
  readonly totals: {
    readonly pass: number;
    readonly fail: number;
    readonly inconclusive: number;
    readonly notApplicable: number;
  };
  readonly requirements: readonly (Omit<Requirement, "later"> & { readonly verdict: VerdictKind })[];
  /** What it is beside a list of known failures; left out where none was given. */
  readonly baseline?: AgainstBaseline;
  /** Which part of the cases it was to run, from 1 on; left out where it was all of them. */
  readonly shard?: { readonly index: number; readonly of: number; readonly asked: string };
  readonly cases: readonly CaseRecord[];
}

/** A run beside a committed list of known failures. Where nothing is worse and no entry is obsolete, the exit code is 0. */
export interface AgainstBaseline {
  /** The list, as it was named. */
  readonly file: string;
  /** Failures of binding requirements that no entry accepts, and why not. */
  readonly worse: readonly { readonly case: string; readonly requirement: string; readonly why: string }[];
  /** Failures that an entry accepts. */
  readonly known: readonly {
    readonly case: string;
    readonly requirement: string;
    readonly reason: string;
    readonly owner: string;
    /** A date, YYYY-MM-DD: from then on it is accepted no more. */
    readonly expires: string;
  }[];
  /** Entries that no longer hold: what they accept passes, their date is over, or they match nothing there is. */
  readonly obsolete: readonly {
    readonly requirement: string;
    /** The entry's pattern over case ids. */
    readonly cases: string;
    readonly kind: "passes" | "expired" | "stale" | "unmatched";
    /** What is so, and the mend. */
    readonly words: string;
  }[];
}

export type Outcome = "conformant" | "nonconformant" | "incomplete";

/** The harness's own delays over a run, in milliseconds. */
export interface Lag {
  readonly p50Ms: number;
  readonly maxMs: number;
}

export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly cpus: number;
  /** Name and version of the browser that was used; null when there was none. */
  readonly browser: string | null;
}

export interface CaseRecord {
  /** The scenario's id, and its axes where it has any: `leave/fin`, `browser/session-id[transport=websocket]`. */
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  readonly axes: Readonly<Record<string, string>>;
  readonly durationMs: number;
  /** The harness's own longest event-loop delay while the case ran. */
  readonly lagMaxMs: number;
  readonly verdicts: readonly CheckRecord[];
  readonly detections: readonly Detection[];
  /** Ends that an observer was not told of; left out where there are none. */
  readonly missed?: readonly Missed[];
  /** How a client was refused in an attempt beside other cases; the case is judged by others, in which it was not. */
  readonly refusedOnce?: string;
  /** The stored history, relative to the record. */
  readonly history?: string;
  /** Of a property that does not hold: the file that plays its counterexample again, relative to the record. */
  readonly replay?: string;
  /** What is done in that counterexample, a line each step. */
  readonly steps?: readonly string[];
  /** The history itself, for a case that did not pass. */
  readonly timeline?: readonly HistoryEvent[];
}

/** One check's verdict. `attempts` counts the attempts that tell something, `failedAttempts` how often this check failed. */
export type CheckRecord = Verdict & {
  readonly requirement: string;
  readonly check: string;
  readonly attempts: number;
  readonly failedAttempts: number;
  /** Of a check that failed in one of several attempts: at how many of them every check of the case passed. */
  readonly passedAttempts?: number;
  /** It failed in each attempt beside other sessions, and alone the case passed. */
  readonly onlyBeside?: true;
};

/** A session's end that was due to be told to an observer within `latestMs`, and was not. */
export type Missed = Pick<Detection, "actor" | "observer" | "cause" | "latestMs">;

/** How long after a session's end one observer heard of it, and the window in which that was due. */
export interface Detection {
  readonly actor: string;
  readonly observer: string;
  readonly cause: string;
  readonly latencyMs: number;
  /** Null where no mechanism's interval is known: the window is then one-sided. */
  readonly earliestMs: number | null;
  readonly latestMs: number;
}
