import { pageFiles } from "../../browser-fixtures/files.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { runWatched } from "../../harness/run/death/watched-run.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import { lastCase } from "../cases/last-case.ts";
import type { StartedBrowser } from "../start-browser.ts";
import type { RunTarget } from "../target/target.ts";
import type { DeclaredMutant, ServerResult } from "./judge-mutant.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Values that all server runs of an invocation share. */
export interface ServerRunContext {
  readonly browser: StartedBrowser;
  /** Marks the client data of this invocation: letters and digits. */
  readonly runToken: string;
  readonly signal: AbortSignal;
}

export interface ServerRun {
  readonly start: () => Promise<RunTarget>;
  readonly options: NonNullable<DeclaredMutant["options"]>;
  readonly cases: readonly Case[];
  /** Maximum number of cases that run at the same time. */
  readonly workers: number;
  readonly onCase?: () => void;
}

/** Starts a server, runs cases on it, and stops it. Never throws; errors end up in `trouble`. */
export async function runOnServer(
  { start, options, cases, workers, onCase = () => undefined }: ServerRun,
  { browser, runToken, signal }: ServerRunContext,
): Promise<ServerResult> {
  const startedMs = performance.now();
  let target: RunTarget | undefined;
  try {
    target = await start();
    const { finished, lag } = await runWatched({
      cases,
      process: target.process,
      lastCase,
      tell: () => undefined,
      profile: profileOf(target, options),
      target: target.url,
      startOwnTarget: target.startOwn,
      workers,
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken,
      signal,
      onCase,
    });
    return {
      cases: finished.map(({ record }) => record),
      durationMs: performance.now() - startedMs,
      lagMaxMs: lag.maxMs,
      trouble: signal.aborted ? "interrupted" : undefined,
    };
  } catch (error) {
    const trouble = messageOf(error);
    return { cases: [], durationMs: performance.now() - startedMs, lagMaxMs: 0, trouble };
  } finally {
    await target?.stop();
  }
}

/** Returns the profile of a target, changed for the server's options. */
function profileOf({ profile }: RunTarget, { policy }: ServerRun["options"]): Profile {
  return policy === "person" ? { ...profile, sessions: "last" } : profile;
}

/** Returns the cases without a verdict: all cases after trouble, and the inconclusive ones otherwise. */
export function undecidedCases(cases: readonly Case[], seen: ServerResult): readonly Case[] {
  if (seen.trouble !== undefined) return cases;
  const open = new Set(seen.cases.filter((one) => kindOf(one) === "inconclusive").map(({ id }) => id));
  return cases.filter(({ id }) => open.has(id));
}

/** Merges two runs. Cases of the second run replace those of the first. */
export function mergeRepeats(first: ServerResult, second: ServerResult): ServerResult {
  const cases = new Map([...first.cases, ...second.cases].map((one) => [one.id, one]));
  return {
    cases: [...cases.values()],
    durationMs: first.durationMs + second.durationMs,
    lagMaxMs: Math.max(first.lagMaxMs, second.lagMaxMs),
    trouble: second.trouble,
  };
}
