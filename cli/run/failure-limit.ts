import { binds } from "../../harness/judge/outcome.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { covers } from "../baseline/judge.ts";
import { racesOf } from "../baseline/rates/further-races.ts";
import type { Gate } from "../baseline/gate.ts";
import { UsageError } from "../exit.ts";
import type { RunTarget } from "../target/target.ts";
import type { RunArguments } from "./context.ts";

/** Number of failures after which a run ends, and the option that set it. */
interface Limit {
  readonly failures: number;
  readonly option: string;
}

/**
 * Returns the limit that the options set; undefined for a run without a limit.
 * @throws UsageError with --update-baseline, which needs the failures of the whole run
 */
export function failureLimitOf({ failFast, maxFailures, updateBaseline }: RunArguments): Limit | undefined {
  const failures = failFast === true ? 1 : maxFailures;
  if (failures === undefined) return undefined;
  const option = failFast === true ? "--fail-fast" : `--max-failures ${failures}`;
  if (updateBaseline === true)
    throw new UsageError(
      `${option} ends the run before all cases have run, and --update-baseline needs all failures. Leave one of them out.`,
    );
  return { failures, option };
}

/** Aborts a run after a number of failed cases. A failure counts if it would end the whole run with exit code 1. */
export class FailureLimit {
  readonly #controller = new AbortController();
  readonly #limit: Limit | undefined;
  readonly #counts: (one: CaseRecord) => boolean;
  readonly #failed = new Set<string>();

  /** @param interruption aborts the run as well */
  constructor(
    limit: Limit | undefined,
    interruption: AbortSignal,
    context: Parameters<typeof countedFailure>[0],
  ) {
    this.#limit = limit;
    this.#counts = countedFailure(context);
    const abort = () => this.#controller.abort(interruption.reason);
    interruption.addEventListener("abort", abort, { once: true });
    if (interruption.aborted) abort();
  }

  /** Aborts when the limit is reached or the user interrupts the run. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The limit, once it is reached; undefined before. */
  get reached(): Limit | undefined {
    return this.#limit !== undefined && this.#failed.size >= this.#limit.failures ? this.#limit : undefined;
  }

  /** Counts a case whose verdict is certain. */
  decided(one: CaseRecord): void {
    if (this.#limit === undefined || !this.#counts(one)) return;
    this.#failed.add(one.id);
    if (this.reached !== undefined) this.#controller.abort(new Error("the limit of failures is reached"));
  }
}

/** Returns a test for cases with a failure of a binding requirement that the baseline does not accept. */
function countedFailure({
  target,
  strict,
  gate,
}: {
  readonly target: Pick<RunTarget, "profile">;
  readonly strict: boolean;
  readonly gate: Pick<Gate, "baseline"> | undefined;
}): (one: CaseRecord) => boolean {
  const today = new Date().toISOString().slice(0, 10);
  const binding = new Set(
    requirements.filter(binds({ waivers: target.profile.waivers, strict })).map(({ id }) => id),
  );
  const accepting = gate?.baseline.entries.filter(({ expires }) => expires > today) ?? [];
  return ({ id, verdicts }) =>
    verdicts.some(
      ({ kind, requirement, attempts, failedAttempts }) =>
        kind === "fail" &&
        binding.has(requirement) &&
        !accepting.some((entry) => covers(entry, { id, requirement, kind })) &&
        // Only the whole run shows whether a known race explains it.
        (failedAttempts === attempts || racesOf(requirement, accepting).length === 0),
    );
}
