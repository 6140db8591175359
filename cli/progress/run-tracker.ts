import type { CaseRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import type { PlannedRetries } from "../../harness/run/run-options.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import { estimateLeftMs, type CaseState } from "./estimate.ts";
import type { ExpectedCase } from "./expected-cases.ts";

/** Maximum number of retries side by side, as long as the runner has not said it. */
const usualRetriesAtOnce = 8;

interface TrackedCase {
  readonly expected: ExpectedCase;
  readonly tookMs: number[];
  /** Starts of the running attempts, in their order. */
  readonly startsMs: number[];
  /** Attempts that are planned and have not begun. */
  attemptsLeft: number;
  kind: VerdictKind | undefined;
}

/** Counts of a run's cases, without those that do not apply. */
export interface RunCounts {
  readonly total: number;
  readonly decided: number;
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
}

/** Follows the cases of a run, and estimates its remaining time. */
export class RunTracker {
  readonly #cases: ReadonlyMap<string, TrackedCase>;
  readonly #workers: number;
  readonly #now: () => number;
  #retriesAtOnce: number;

  /** @param now monotonic clock in milliseconds */
  constructor(cases: readonly ExpectedCase[], workers: number, now: () => number) {
    this.#cases = new Map(
      cases.map((expected) => [
        expected.id,
        { expected, tookMs: [], startsMs: [], attemptsLeft: 1, kind: undefined },
      ]),
    );
    this.#workers = workers;
    this.#retriesAtOnce = Math.min(usualRetriesAtOnce, workers);
    this.#now = now;
  }

  /**
   * Returns a case that also reports each attempt to a tracker. So the estimate knows which cases run, in whichever order the
   * runner starts them.
   * @param current returns the tracker of the round
   */
  static watched(one: Case, current: () => RunTracker): Case {
    const run: Case["scenario"]["run"] = async (stage) => {
      const end = current().begin(one.id);
      try {
        await one.scenario.run(stage);
      } finally {
        end();
      }
    };
    return { ...one, scenario: { ...one.scenario, run } };
  }

  /**
   * Notes the start of an attempt.
   * @returns a function that ends the attempt
   */
  begin(id: string): () => void {
    const one = this.#cases.get(id);
    if (one === undefined) return () => undefined;
    const startedMs = this.#now();
    one.startsMs.push(startedMs);
    one.attemptsLeft = Math.max(0, one.attemptsLeft - 1);
    return () => {
      one.tookMs.push(this.#now() - startedMs);
      const place = one.startsMs.indexOf(startedMs);
      if (place >= 0) one.startsMs.splice(place, 1);
    };
  }

  /** Notes the verdict of a case. */
  decided(record: CaseRecord): void {
    const one = this.#cases.get(record.id);
    if (one === undefined) return;
    one.kind = kindOf(record);
    one.attemptsLeft = 0;
    one.startsMs.length = 0;
  }

  /**
   * Notes retries that are about to begin.
   * @returns their expected time in milliseconds
   */
  planned({ cases, attempts, atOnce }: PlannedRetries): number {
    this.#retriesAtOnce = atOnce;
    const planned = cases.flatMap(({ id }) => this.#cases.get(id) ?? []);
    for (const one of planned) one.attemptsLeft = attempts;
    const states = planned.map((one) => ({ ...this.#stateOf(one), runningMs: undefined }));
    return estimateLeftMs({ cases: states, workers: atOnce, retriesAtOnce: atOnce });
  }

  /** Returns the estimated remaining time in milliseconds. */
  leftMs(): number {
    return estimateLeftMs({
      cases: [...this.#cases.values()].map((one) => this.#stateOf(one)),
      workers: this.#workers,
      retriesAtOnce: this.#retriesAtOnce,
    });
  }

  counts(): RunCounts {
    // Cases that do not apply are decided before the first one runs.
    const all = [...this.#cases.values()].filter(({ kind }) => kind !== "not-applicable");
    const count = (wanted: VerdictKind) => all.filter(({ kind }) => kind === wanted).length;
    return {
      total: all.length,
      decided: all.filter(({ kind }) => kind !== undefined).length,
      passed: count("pass"),
      failed: count("fail"),
      inconclusive: count("inconclusive"),
    };
  }

  /** Returns the attempt that has run for the longest time; undefined if none runs. */
  longest(): { readonly id: string; readonly ms: number } | undefined {
    const running = [...this.#cases.values()].flatMap(({ expected: { id }, startsMs: [startedMs] }) =>
      startedMs === undefined ? [] : [{ id, ms: this.#now() - startedMs }],
    );
    return running.sort((a, b) => b.ms - a.ms)[0];
  }

  #stateOf({ expected, tookMs, startsMs: [startedMs], attemptsLeft, kind }: TrackedCase): CaseState {
    const isOpen = kind === undefined && tookMs.length > 0 && startedMs === undefined;
    return {
      ...expected,
      tookMs,
      runningMs: startedMs === undefined ? undefined : this.#now() - startedMs,
      // A case without a verdict runs again, also if the runner has not announced it.
      attemptsLeft: isOpen ? Math.max(1, attemptsLeft) : attemptsLeft,
      isOpen: isOpen && attemptsLeft === 0,
    };
  }
}
