import { judgeCase } from "../../judge/attempts/judge-case.ts";
import type { Case } from "../../scenario/scenario.ts";
import { secrets } from "../../secrets/secrets.ts";
import { countOf, duration, messageOf } from "../../util/words.ts";
import type { FinishedCase, RunResult } from "../runner.ts";
import { withLostClients, type LostClient } from "../lost-clients.ts";
import { withEvents } from "../with-events.ts";
import { worstLag } from "../worst-lag.ts";
import { DeathLog } from "./death-log.ts";
import { findKillers } from "./killer-search.ts";
import { Plays, type PlaysOptions } from "./plays.ts";
import { untilListening } from "./reachable.ts";
import type { TargetLoss } from "./target-watch.ts";

/** Time limit of all searches of a run, and of one play of suspects beyond the time that they had run, in milliseconds. */
const searchLimitMs = 120_000;
const playSlackMs = 5_000;

/** Time for which each case of a search waits for a death after its end, in milliseconds. */
const lingerMs = 1_000;

/** Largest group of cases that kills the target together and is then run one by one. A larger one may only be too much load. */
const apartMax = 4;

/** Time within which a target that hangup did not start must be back by default, in milliseconds. */
const usualAbsenceMs = 10_000;

const notRepeatable = "not repeatable, because the target did not die of them again";

/** Options of `runWatched`. */
export interface WatchedRunOptions extends PlaysOptions {
  /** Case that is played after all others, if it is selected. Deaths, closed clients and repeated leaves that no case shows are its findings. */
  readonly lastCase: Case;
  /** Time within which a target that hangup did not start must be back, in milliseconds; 10 s by default. */
  readonly absenceLimitMs?: number;
  /** Tells the user what happens to the target. */
  readonly tell: (words: string) => void;
}

export interface WatchedRunResult extends RunResult {
  /** Sentences about deaths and absences of the target. */
  readonly remarks: readonly string[];
  /** Reason for which some cases were not run; undefined if all were. */
  readonly endedEarly: string | undefined;
}

/**
 * Runs the cases like `runCases`, and goes on if the target dies. Attempts that run at that moment count for nothing, and their
 * cases run again. If hangup started the target, it searches for the case that kills it and starts the target again. Otherwise
 * it waits for the target to come back. The run ends early if the target does not come back, or is lost again and again.
 */
export function runWatched(options: WatchedRunOptions): Promise<WatchedRunResult> {
  return new WatchedRun(options).run();
}

/** Result of a search among the cases that ran when the target died. */
interface SearchResult {
  /** Cases that kill the target each time: one, several together, or none. */
  readonly killers: readonly Case[];
  /** The record of a case that kills it alone. */
  readonly killed?: FinishedCase | undefined;
  readonly words: string;
}

class WatchedRun {
  readonly #options: WatchedRunOptions;
  readonly #plays: Plays;
  readonly #log: DeathLog;
  readonly #finished = new Map<string, FinishedCase>();
  readonly #told = new Set<string>();
  readonly #lostClients: LostClient[] = [];
  /** Cases to run side by side. */
  #beside: readonly Case[];
  /** Cases that may kill the target, to run one after the other. */
  readonly #apart: Case[] = [];
  /** Maximum number of cases side by side. Each death without a killer halves it, so that a target under less load gets further. */
  #workers: number;
  #searchedMs = 0;
  #endedEarly: string | undefined;

  constructor(options: WatchedRunOptions) {
    this.#options = options;
    this.#plays = new Plays(options);
    this.#workers = options.workers;
    this.#log = new DeathLog(options.process !== undefined);
    this.#beside = options.cases.filter(({ id }) => id !== options.lastCase.id);
  }

  async run(): Promise<WatchedRunResult> {
    while (this.#goesOn && this.#beside.length > 0) await this.#runBeside();
    while (this.#goesOn && this.#apart.length > 0) await this.#runApart();
    await this.#runLast();
    const { cases, lastCase } = this.#options;
    const ids = new Set([...cases, lastCase].map(({ id }) => id));
    const left = ids.size - this.#finished.size;
    const endedEarly =
      this.#endedEarly &&
      `${this.#endedEarly} ${countOf(left, "case")} of ${ids.size} did not run to the end.`;
    return {
      finished: [...ids].flatMap((id) => this.#finished.get(id) ?? []),
      lag: worstLag(this.#plays.lags),
      remarks: this.#log.remarks,
      endedEarly,
    };
  }

  get #goesOn(): boolean {
    return this.#endedEarly === undefined && !this.#options.signal.aborted;
  }

  async #runBeside(): Promise<void> {
    const { finished, loss, lostClients } = await this.#plays.runAll(this.#beside, {
      workers: this.#workers,
      onCase: (record) => this.#tell(record),
    });
    const voided = new Set(loss?.suspects.flatMap(({ one, isVoid }) => (isVoid ? [one.id] : [])));
    for (const one of finished) if (!voided.has(one.record.id)) this.#finished.set(one.record.id, one);
    // A target that dies closes all of its connections.
    this.#lostClients.push(...lostClients.filter(({ caseId }) => !voided.has(caseId)));
    this.#beside = loss === undefined ? [] : this.#beside.filter(({ id }) => !this.#finished.has(id));
    if (loss === undefined) return;
    if (this.#options.process === undefined) await this.#awaitReturn(loss);
    else await this.#recover(loss);
  }

  /** Runs a case that may kill the target. No other case runs. A death counts as the case's if the case repeats it. */
  async #runApart(): Promise<void> {
    const [one] = this.#apart.splice(0, 1);
    if (one === undefined) return;
    const { finished, loss, lostClients } = await this.#plays.together([one], { lingerMs });
    if (loss === undefined) {
      this.#lostClients.push(...lostClients);
      for (const each of finished) this.#keep(each);
      return;
    }
    const again = (await this.#restart()) ? await this.#plays.together([one], { lingerMs }) : undefined;
    if (again === undefined) this.#log.addUnexplained(loss, "not finished");
    else if (again.loss === undefined) this.#log.addUnexplained(loss, notRepeatable);
    else this.#log.addKiller(one.id);
    for (const each of again?.finished ?? []) this.#keep(each);
    if (again === undefined || again.loss !== undefined) await this.#goOn();
    else this.#endedEarly ??= this.#log.tooMany;
  }

  /** Finds out which case killed the target. Sets aside all cases of the same scenario, and starts the target again. */
  async #recover(loss: TargetLoss): Promise<void> {
    this.#options.tell(
      `${this.#log.sentence(loss)} hangup starts it again and plays these cases to find the cause.`,
    );
    const { killers, killed, words } = await this.#search(loss);
    this.#options.tell(`Search: ${words}.`);
    const [first] = killers;
    if (killed === undefined) {
      const suspects = loss.suspects.filter(({ one }) => killers.length === 0 || killers.includes(one));
      this.#log.addUnexplained({ ...loss, suspects }, words);
      this.#workers = Math.max(1, Math.floor(this.#workers / 2));
    } else {
      this.#keep(killed);
      this.#log.addKiller(killed.record.id);
    }
    const isLikely = (one: Case) =>
      killed === undefined
        ? killers.length <= apartMax && killers.includes(one)
        : one.scenario.id === first?.scenario.id;
    const left = this.#beside.filter(({ id }) => !this.#finished.has(id));
    this.#beside = left.filter((one) => !isLikely(one));
    this.#apart.push(...left.filter(isLikely));
    await this.#goOn();
  }

  /** Plays suspects until the smallest group is found that kills the target. Each play has a target that was just started. */
  async #search(loss: TargetLoss): Promise<SearchResult> {
    const beganMs = performance.now();
    const hasTime = () => this.#searchedMs + (performance.now() - beganMs) < searchLimitMs;
    if (!hasTime()) return { killers: [], words: "left out, because earlier searches took all the time" };
    const ranMs = new Map(loss.suspects.map((each) => [each.one, each.ranMs]));
    let killed: FinishedCase | undefined;
    const kills = async (group: readonly Case[]): Promise<boolean> => {
      if (!(await this.#restart())) return false;
      const isOne = group.length === 1;
      const limitMs = playSlackMs + Math.max(...group.map((one) => ranMs.get(one) ?? 0));
      const cases = isOne ? group : group.map(atOnce);
      const play = await this.#plays.together(cases, { lingerMs, limitMs, stopsAtLoss: !isOne });
      if (play.loss !== undefined && isOne) [killed] = play.finished;
      return play.loss !== undefined;
    };
    // The case that began last is the likeliest, and its half is tried first.
    const suspects = loss.suspects.map(({ one }) => one);
    const killers = await findKillers(suspects, { kills, mayGoOn: () => this.#goesOn && hasTime() });
    this.#searchedMs += performance.now() - beganMs;
    const [first] = killers;
    if (!this.#goesOn) return { killers: [], words: "not finished" };
    if (first === undefined) return { killers, words: notRepeatable };
    if (killers.length > 1)
      return {
        killers,
        words: `these ${killers.length} cases together killed it again, and neither half did`,
      };
    return { killers, killed, words: `${first.id} alone kills it, each time` };
  }

  /** Waits until a target that hangup did not start is back. Ends the run if it is not. */
  async #awaitReturn(loss: TargetLoss): Promise<void> {
    const { target, signal, tell, absenceLimitMs = usualAbsenceMs } = this.#options;
    const sentence = this.#log.sentence(loss);
    const limit = duration(absenceLimitMs);
    tell(`${sentence} hangup waits up to ${limit} for it to come back.`);
    if (await untilListening(target, absenceLimitMs, signal)) {
      this.#log.addAbsence(loss, performance.now() - loss.atMs);
      this.#endedEarly = this.#log.tooMany;
    } else if (!signal.aborted) this.#endedEarly = `${sentence} It did not come back within ${limit}.`;
  }

  /** Starts the target again, unless it died too often. */
  async #goOn(): Promise<void> {
    this.#endedEarly ??= this.#log.tooMany;
    await this.#restart();
  }

  /** @returns false if the run is over */
  async #restart(): Promise<boolean> {
    if (!this.#goesOn) return false;
    try {
      await this.#options.process?.restart();
    } catch (error) {
      this.#endedEarly = `The target died and could not be started again: ${secrets.mask(messageOf(error))}\n`;
    }
    return this.#goesOn;
  }

  /** Runs the last case if it is selected. Adds the deaths, closed clients and repeated leaves to its history that belong to no case. */
  async #runLast(): Promise<void> {
    const { lastCase, cases, profile, process } = this.#options;
    const isSelected = cases.some(({ id }) => id === lastCase.id);
    const repeated = this.#plays.repeatedLeaves([...this.#finished.values()].map(({ record }) => record));
    const hasFindings = this.#log.hasFindings || this.#lostClients.length > 0 || repeated.length > 0;
    if (!isSelected && !hasFindings) return;
    const play = this.#goesOn
      ? await this.#plays.together([lastCase], { stopsAtLoss: process === undefined })
      : undefined;
    if (play?.loss !== undefined && process === undefined) await this.#awaitReturn(play.loss);
    const [played] = play?.finished ?? [];
    if (hasFindings) {
      const attempts = withLostClients(this.#log.withFindings(played?.attempts ?? []), this.#lostClients);
      const all = withEvents(attempts, repeated);
      this.#keep({ record: judgeCase(lastCase, all, profile), attempts: all });
    } else if (played !== undefined) this.#keep(played);
  }

  /** Keeps a case that ran alone. */
  #keep(one: FinishedCase): void {
    this.#finished.set(one.record.id, one);
    this.#tell(one.record);
  }

  /** Reports a case as finished. A case that runs again after a death is reported once. */
  #tell(record: FinishedCase["record"]): void {
    if (this.#told.has(record.id)) return;
    this.#told.add(record.id);
    this.#options.onCase?.(record);
  }
}

/** Returns the case without the properties by which the runner plays it after others. */
const atOnce = (one: Case): Case => ({
  ...one,
  scenario: { ...one.scenario, mayBreakFrames: false, needsQuiet: false },
});
