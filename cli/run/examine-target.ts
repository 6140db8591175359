import type { Profile } from "../../harness/profile/profile.ts";
import { preflightLimitMs } from "../../doctor/watch/preflight.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { applyGate } from "../baseline/gate.ts";
import { UnreachableError } from "../exit.ts";
import { noCaseRan, recordOf, type RunFacts } from "../output/run-record.ts";
import { tellProgress } from "../output/terminal-width.ts";
import { writeRun } from "../output/write-reports.ts";
import { aboutTime } from "../progress/words.ts";
import { assertReachable, runPreflight, type PreflightResult } from "../target/preflight.ts";
import { askedIn, selectionOf, type RunContext } from "./context.ts";

/**
 * Examines the target before any case runs, except the reference server. Writes a report without cases if nothing could be
 * judged.
 * @returns undefined for the reference server
 * @throws UnreachableError if nothing could be judged
 */
export async function examineTarget(
  context: RunContext & { readonly asked: number },
): Promise<PreflightResult | undefined> {
  const { options, target, signal, progress } = context;
  if (target.isReference === true) return undefined;
  const startedAt = new Date();
  const startedMs = performance.now();
  const slow = setTimeout(() => tellProgress(slowWords(target.profile), progress), slowMs);
  try {
    if (options.preflight !== false) return await runPreflight(target.profile, target.url, signal);
    return await assertReachable(target.profile, target.url);
  } catch (error) {
    if (error instanceof UnreachableError)
      await reportWithoutCases(context, error.message, {
        startedAt,
        durationMs: performance.now() - startedMs,
      });
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

/** Time after which the user is told what the run waits for, in milliseconds. */
const slowMs = 3_000;

function slowWords(profile: Profile): string {
  const limit = aboutTime(preflightLimitMs(profile));
  return `Test sessions try the profile before the first case. If their leaves are missing, that takes ${limit}.`;
}

/** Writes the report of a run that ended before its first case. A note in the record holds the reason. */
async function reportWithoutCases(
  { options, target, reporters, gate, asked }: RunContext & { readonly asked: number },
  why: string,
  times: Pick<RunFacts, "startedAt" | "durationMs">,
): Promise<void> {
  const none = { p50Ms: 0, maxMs: 0 };
  const nothing = { finished: [], lag: { ...none, proxy: none } };
  const { seed = 1, shard, strict } = options;
  const found = recordOf(nothing, {
    target,
    selection: selectionOf(options),
    strict: strict === true,
    asked,
    interrupted: false,
    ...times,
    seed,
    browser: null,
    browserMissing: undefined,
    remarks: [`${noCaseRan}${secrets.mask(why)}`],
    shard: shard && { ...shard, asked: askedIn(options, gate) },
  });
  const { record } = applyGate(found, gate === undefined ? undefined : { ...gate, updates: false });
  const html = await writeRun(options.out, { record, finished: [] }, reporters);
  await reporters.print(record, html);
}
