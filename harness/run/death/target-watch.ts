import type { History } from "../../history/history.ts";
import { troubleInWords } from "../../history/refusal.ts";
import type { Case } from "../../scenario/scenario.ts";
import { secrets } from "../../secrets/secrets.ts";
import { withTimeout } from "../../util/with-timeout.ts";
import { isRefused, untilListening } from "./reachable.ts";
import type { TargetExit, TargetProcess } from "./target-process.ts";

/** Time before a death in which a case may have caused it, in milliseconds. A process may need a moment to end. */
const suspectMs = 1_000;
/** Time before the first sign of a death in which a case may have mistaken it for an answer, in milliseconds. */
const voidMs = 250;
/** Time for which a target must refuse connections until it counts as gone, in milliseconds. */
const refusedMs = 500;
/** Time limit for the exit of a process that refuses connections, in milliseconds. */
const exitLimitMs = 1_000;

const stillRuns = "its processes still run, and connections to it are refused";
const unseen = "connections to it are refused";

/** The target is gone. */
export interface TargetLoss {
  /** Time on the clock of `performance.now()`, in milliseconds. */
  readonly atMs: number;
  readonly exit: TargetExit;
  /** Cases that ran at that moment or shortly before. The case that began last comes first. */
  readonly suspects: readonly Suspect[];
}

interface Suspect {
  readonly one: Case;
  /** Time from the beginning of the attempt to the loss, in milliseconds. */
  readonly ranMs: number;
  /** The case's result counts for nothing, because the case ran, or ended immediately before. */
  readonly isVoid: boolean;
}

/** An attempt on the watched target. */
export interface WatchedAttempt {
  /** True if no other attempt ran at the same time. */
  readonly isAlone: boolean;
  /** Returns the promise, which rejects if the target is lost meanwhile. */
  readonly guard: (playing: Promise<void>) => Promise<void>;
  /**
   * Ends the attempt. After trouble it checks first whether the target is still there.
   * @returns the trouble, or the death that caused it
   */
  readonly end: (trouble: string | null) => Promise<string | null>;
}

/** An attempt that needs no watch, because it has its own target. */
export const unwatched: WatchedAttempt = {
  isAlone: false,
  guard: (playing) => playing,
  end: (trouble) => Promise.resolve(trouble),
};

export interface WatchOptions {
  readonly target: URL;
  /** The target's process, if hangup started it. */
  readonly process: TargetProcess | undefined;
  /** Time for which each attempt waits for a death after its end, in milliseconds. */
  readonly lingerMs?: number;
  /** Only one case runs while the target is watched. */
  readonly isAlone?: boolean;
  /** Called once, when the target is lost. */
  readonly onLoss?: () => void;
}

interface RunningAttempt {
  readonly one: Case;
  readonly startedMs: number;
  readonly tell: (exit: TargetExit) => void;
  endedMs: number;
}

/**
 * Notices that the target is gone: its process ends, or it refuses connections for half a second. The end of a process is
 * noticed at once. Connections are tried only after an attempt with trouble, because they might wake a quiet target.
 */
export class TargetWatch {
  readonly #options: WatchOptions;
  readonly #over = new AbortController();
  readonly #exited: Promise<void>;
  #attempts: RunningAttempt[] = [];
  #checking: Promise<void> | undefined;
  #loss: TargetLoss | undefined;
  #onLost: () => void = () => undefined;
  readonly #lost = new Promise<void>((resolve) => (this.#onLost = resolve));

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#exited = this.#watchProcess().catch(() => undefined);
  }

  /** The loss of the target; undefined while it is there. */
  get loss(): TargetLoss | undefined {
    return this.#loss;
  }

  /** Begins an attempt. If the target is lost meanwhile, the history says so and the attempt's `guard` rejects. */
  begin(one: Case, history: History): WatchedAttempt {
    let death: Error | undefined;
    let reject: (error: Error) => void = () => undefined;
    const lost = new Promise<never>((_resolve, fail) => (reject = fail));
    lost.catch(() => undefined);
    const tell = ({ end, lastLines }: TargetExit) => {
      history.add({ kind: "target-died", actor: "harness", end, lastLines: [...lastLines] });
      reject((death = new Error(`the target died (${end})`)));
    };
    const startedMs = performance.now();
    const attempt: RunningAttempt = { one, startedMs, endedMs: Infinity, tell };
    this.#attempts = [...this.#recent(), attempt];
    if (this.#loss !== undefined) tell(this.#loss.exit);
    return {
      isAlone: this.#options.isAlone === true,
      guard: (playing) => Promise.race([playing, lost]),
      end: async (trouble) => {
        const { lingerMs = 0 } = this.#options;
        if (trouble !== null || lingerMs > 0) await this.#check();
        if (lingerMs > 0) await withTimeout(lingerMs, this.#lost);
        attempt.endedMs = performance.now();
        return trouble === null || death === undefined ? trouble : troubleInWords(death);
      },
    };
  }

  /** Stops watching. */
  dispose(): void {
    this.#over.abort();
  }

  async #watchProcess(): Promise<void> {
    const exit = await this.#options.process?.ended(this.#over.signal);
    // A command may have left its server in the background.
    if (exit !== undefined && (await isRefused(this.#options.target))) this.#lose(exit);
  }

  /** Checks whether the target is there. All attempts with trouble wait for the same check. */
  #check(): Promise<void> {
    return (this.#checking ??= this.#checkOnce().finally(() => (this.#checking = undefined)));
  }

  async #checkOnce(): Promise<void> {
    const { target, process } = this.#options;
    const { signal } = this.#over;
    const signMs = performance.now();
    if (this.#loss !== undefined || (await untilListening(target, refusedMs, signal)) || signal.aborted)
      return;
    if (process !== undefined) await withTimeout(exitLimitMs, this.#exited);
    this.#lose({ end: process === undefined ? unseen : stillRuns, lastLines: [] }, signMs);
  }

  /** @param signMs time of the first sign of the loss */
  #lose({ end, lastLines }: TargetExit, signMs = performance.now()): void {
    if (this.#loss !== undefined || this.#over.signal.aborted) return;
    const atMs = performance.now();
    const exit = { end, lastLines: lastLines.map((line) => secrets.mask(line)) };
    const attempts = this.#recent();
    const suspects = attempts
      .map(({ one, startedMs, endedMs }) => ({
        one,
        ranMs: atMs - startedMs,
        isVoid: endedMs > signMs - voidMs,
      }))
      .sort((a, b) => b.ranMs - a.ranMs);
    // Of several attempts at a case, the latest counts.
    const latest = new Map(suspects.map((each) => [each.one, each]));
    this.#loss = { atMs, exit, suspects: [...latest.values()].sort((a, b) => a.ranMs - b.ranMs) };
    for (const { endedMs, tell } of attempts) if (endedMs === Infinity) tell(exit);
    this.#onLost();
    this.#options.onLoss?.();
  }

  /** The attempts that run, or ended so recently that they may be the cause of a loss. */
  #recent(): RunningAttempt[] {
    const sinceMs = performance.now() - suspectMs;
    return this.#attempts.filter(({ endedMs }) => endedMs > sinceMs);
  }
}
