import { namesNobody } from "../history/notice.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import type { Next } from "../judge/attempts/next-attempt.ts";
import { needs, type Case } from "../scenario/scenario.ts";
import { AttemptRunner, type TokenAttempt } from "./attempt-runner.ts";
import { ConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { RunOptions } from "./run-options.ts";
import { turnsOf } from "./turns.ts";

/** Maximum number of cases with browser tabs that are open side by side. Tabs start one after the other. */
const tabsAtOnce = 4;

/** All attempts of a run. Makes further ones when their turn has come. */
export class CaseAttempts {
  readonly runner: AttemptRunner;
  readonly turns: ReturnType<typeof turnsOf>;
  readonly #options: RunOptions;
  readonly #tabs: ConcurrencyLimiter;
  readonly #made = new Map<Case, TokenAttempt[]>();

  constructor(options: RunOptions, lag: LagMeter) {
    this.#options = options;
    this.runner = new AttemptRunner(options, lag);
    this.turns = turnsOf(options, lag);
    this.#tabs = new ConcurrencyLimiter(tabsAtOnce, lag, options.signal);
  }

  /** The attempts at each case, with their tokens. */
  get made(): ReadonlyMap<Case, readonly TokenAttempt[]> {
    return this.#made;
  }

  at(one: Case): Attempt[] {
    return (this.#made.get(one) ?? []).map(({ attempt }) => attempt);
  }

  all(): ReadonlyMap<Case, readonly Attempt[]> {
    return new Map(this.#options.cases.map((one) => [one, this.at(one)]));
  }

  /**
   * Makes an attempt when its turn has come.
   * @param isWanted asked when the attempt's turn has come
   * @returns false if it is not wanted any more, or the run was interrupted meanwhile
   */
  async add(one: Case, how: Next, isWanted = () => true): Promise<boolean> {
    const { signal, profile } = this.#options;
    const { limiter, sideBySide, isCalm, shares } = this.turns[how];
    const alone = how === "alone" || how === "explained";
    const keepsPlace =
      sideBySide === 1 && (alone || namesNobody(profile.notice) || one.scenario.waitsLong !== true);
    const act = () =>
      limiter.run(
        async ({ rest }) =>
          signal.aborted || !isWanted()
            ? undefined
            : this.runner.run(one, { alone, sideBySide, shares, rest }),
        { keepsPlace, isCalm },
      );
    const made = await (needs(one, "browser") ? this.#tabs.run(act) : act());
    if (made === undefined) return false;
    this.#made.set(one, [...(this.#made.get(one) ?? []), made]);
    return true;
  }
}
