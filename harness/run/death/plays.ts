import type { CaseRecord, RunRecord } from "../../judge/record.ts";
import { NoticeOwners } from "../../stage/notice-owners.ts";
import type { Case } from "../../scenario/scenario.ts";
import type { LostClient } from "../lost-clients.ts";
import { surplusAfterCases } from "../surplus-notices.ts";
import { runCases, type FinishedCase } from "../runner.ts";
import type { RunOptions } from "../run-options.ts";
import type { TargetProcess } from "./target-process.ts";
import { TargetWatch, type TargetLoss } from "./target-watch.ts";

/** Options of all plays of a run. */
export interface PlaysOptions extends Omit<RunOptions, "watch"> {
  /** The target's process, if hangup started it. */
  readonly process?: TargetProcess | undefined;
}

export interface PlayOptions {
  /** Ends all cases at the loss of the target. Without it they end by themselves, and their histories show the death. */
  readonly stopsAtLoss?: boolean;
  /** Time for which each case waits for a death after its end, in milliseconds; 0 by default. */
  readonly lingerMs?: number;
  /** The play ends after this time, in milliseconds. */
  readonly limitMs?: number;
}

export interface Play {
  readonly finished: readonly FinishedCase[];
  readonly loss: TargetLoss | undefined;
  readonly lostClients: readonly LostClient[];
}

/** Plays cases on one target, again and again, and watches the target. A late notice of one play is known in the next. */
export class Plays {
  readonly lags: RunRecord["lag"][] = [];
  readonly #options: PlaysOptions;
  readonly #owners: NoticeOwners;

  constructor(options: PlaysOptions) {
    this.#options = options;
    this.#owners = options.owners ?? new NoticeOwners(() => performance.now());
  }

  /** Runs the cases as the options say, and ends all of them when the target is lost. */
  runAll(cases: readonly Case[], more: Required<Pick<RunOptions, "workers" | "onCase">>): Promise<Play> {
    return this.#play({ ...this.#options, ...more, cases }, { stopsAtLoss: true });
  }

  /** Plays the cases at the same time, each once. */
  together(cases: readonly Case[], how: PlayOptions): Promise<Play> {
    const once = { repeats: 1, triesAlone: false, onCase: () => undefined };
    return this.#play({ ...this.#options, ...once, cases, workers: cases.length }, how, cases.length === 1);
  }

  /** Returns the leaves that the target repeated after a case: see `surplusAfterCases`. */
  repeatedLeaves(records: readonly CaseRecord[]): ReturnType<typeof surplusAfterCases> {
    return surplusAfterCases(this.#owners, records);
  }

  async #play(
    { process, runToken, signal, ...options }: PlaysOptions,
    { stopsAtLoss = false, lingerMs = 0, limitMs }: PlayOptions,
    isAlone = false,
  ): Promise<Play> {
    const stopped = new AbortController();
    const onLoss = () => {
      if (stopsAtLoss) stopped.abort(new Error("the target is gone"));
    };
    const { target } = options;
    const watch = new TargetWatch({ target, process, lingerMs, isAlone, onLoss });
    const timer = limitMs === undefined ? undefined : setTimeout(() => stopped.abort(), limitMs);
    const number = this.lags.length.toString(36);
    try {
      const { finished, lag, lostClients } = await runCases({
        ...{ ...options, watch, owners: this.#owners },
        signal: AbortSignal.any([signal, stopped.signal]),
        // A token of its own keeps late notices of one play out of the next.
        runToken: number === "0" ? runToken : `${runToken}d${number}d`,
      });
      this.lags.push(lag);
      return { finished, loss: watch.loss, lostClients };
    } finally {
      clearTimeout(timer);
      watch.dispose();
    }
  }
}
