import type { Case } from "../../harness/scenario/scenario.ts";
import type { MutantResult } from "../../reports/kill-matrix/record.ts";
import { UnreachableError } from "../exit.ts";
import type { RunTarget } from "../target/target.ts";
import { runOnServer, undecidedCases, mergeRepeats, type ServerRunContext } from "./run-on-server.ts";
import type { MutantResults } from "./conclude.ts";
import { judgeMutant, judgeUnbroken, type ServerResult } from "./judge-mutant.ts";
import type { MutantGroup, PlannedMutant } from "./plan.ts";
import type { MutantsProgress } from "./progress.ts";

/** Number of mutants that run at the same time. Cases mostly wait, but one harness thread runs them all. */
const mutantsAtOnce = 6;

/** Maximum number of cases per mutant at the same time. Cases also wait when the harness is delayed. */
const workers = 24;

export interface MutantsRunOptions extends ServerRunContext {
  readonly groups: readonly MutantGroup[];
  /** Starts a server in its own process; the unbroken server if no mutant is named. */
  readonly start: (options: MutantGroup["options"], mutant?: string) => Promise<RunTarget>;
  readonly progress: MutantsProgress;
}

export interface MutantsRun extends MutantResults {
  /** Names of the mutants that an interruption left out. */
  readonly notRun: string[];
  readonly lagMaxMs: number;
}

/**
 * Runs the mutants round by round until they are found, several at the same time. Runs the unbroken servers first. At
 * the end, repeats the inconclusive cases of mutants that were not found, one mutant at a time.
 * @throws UnreachableError if an unbroken server does not start
 */
export async function runMutants(undertaking: MutantsRunOptions): Promise<MutantsRun> {
  const run = new MutantsRunner(undertaking);
  await run.inRounds();
  await run.onceMore();
  return run.findings();
}

/** Mutant, with its group. */
interface GroupedMutant extends PlannedMutant {
  readonly group: MutantGroup;
}

interface JudgedMutant {
  readonly seen: ServerResult;
  readonly result: MutantResult;
}

const noResult: ServerResult = { cases: [], durationMs: 0, lagMaxMs: 0 };

class MutantsRunner {
  readonly #undertaking: MutantsRunOptions;
  readonly #members: readonly GroupedMutant[];
  readonly #unbroken = new Map<MutantGroup, ServerResult>();
  readonly #asked = new Map<GroupedMutant, JudgedMutant>();

  constructor(undertaking: MutantsRunOptions) {
    this.#undertaking = undertaking;
    this.#members = undertaking.groups.flatMap((group) =>
      group.planned.map((planned) => ({ ...planned, group })),
    );
  }

  async inRounds(): Promise<void> {
    const { groups, progress } = this.#undertaking;
    const roundsMax = Math.max(0, ...this.#members.map(({ rounds }) => rounds.length));
    for (let round = 0; round < roundsMax; round += 1) {
      const open = this.#members.filter((member) => this.#casesIn(round, member).length > 0);
      await this.#sideBySide(groups, 1, async (group) => {
        const own = open.filter((member) => member.group === group);
        await this.#askUnbroken(
          group,
          own.flatMap((member) => this.#casesIn(round, member)),
        );
      });
      await this.#sideBySide(open, mutantsAtOnce, async (member) => {
        progress.begun(member.mutant.name);
        const { result } = await this.#ask(member, this.#casesIn(round, member));
        const isLast = member.rounds.every(
          (_, other) => other <= round || this.#casesIn(other, member).length === 0,
        );
        if (isLast && this.#openIn(member).length === 0) progress.finished(result);
      });
    }
  }

  async onceMore(): Promise<void> {
    await this.#sideBySide(this.#members, 1, async (member) => {
      const open = this.#openIn(member);
      if (open.length > 0) this.#undertaking.progress.finished((await this.#ask(member, open)).result);
    });
  }

  findings(): MutantsRun {
    const interrupted = this.#undertaking.signal.aborted;
    // A mutant that was interrupted before its first case ended has no result.
    const known = this.#members.filter(
      (member) => !interrupted || (this.#asked.get(member)?.seen.cases.length ?? 0) > 0,
    );
    const seen = [...this.#unbroken.values(), ...Array.from(this.#asked.values(), (one) => one.seen)];
    return {
      mutants: known.flatMap((member) => this.#asked.get(member)?.result ?? []),
      unbroken: Array.from(this.#unbroken, ([{ options }, one]) => judgeUnbroken(options, one)),
      interrupted,
      notRun: this.#members.filter((member) => !known.includes(member)).map(({ mutant }) => mutant.name),
      lagMaxMs: Math.max(0, ...seen.map(({ lagMaxMs }) => lagMaxMs)),
    };
  }

  /** Returns the cases that a mutant still has to run in a round. */
  #casesIn(round: number, member: GroupedMutant): readonly Case[] {
    const asked = this.#asked.get(member);
    const isOver = asked?.result.state === "killed" || asked?.seen.trouble !== undefined;
    return isOver ? [] : (member.rounds[round] ?? []);
  }

  /** Returns the cases that may still reveal the mutant if repeated; none if it was found or has not run. */
  #openIn(member: GroupedMutant): readonly Case[] {
    const asked = this.#asked.get(member);
    if (asked === undefined || asked.result.state === "killed") return [];
    const open = undecidedCases(member.rounds.flat(), asked.seen);
    return open.filter(({ checks }) => member.mutant.breaks.some((id) => id in checks));
  }

  async #ask(member: GroupedMutant, cases: readonly Case[]): Promise<JudgedMutant> {
    const { mutant, group } = member;
    const start = () => this.#undertaking.start(group.options, mutant.name);
    const seen = mergeRepeats(
      this.#asked.get(member)?.seen ?? noResult,
      await runOnServer({ start, options: group.options, cases, workers }, this.#undertaking),
    );
    const asked = { seen, result: judgeMutant(mutant, seen, this.#unbroken.get(group)?.cases ?? []) };
    this.#asked.set(member, asked);
    return asked;
  }

  /** Runs the cases that the unbroken server has not run, then repeats inconclusive ones. */
  async #askUnbroken(group: MutantGroup, wanted: readonly Case[]): Promise<void> {
    const { start, signal, progress } = this.#undertaking;
    const { options } = group;
    const before = this.#unbroken.get(group) ?? noResult;
    const known = new Set(before.cases.map(({ id }) => id));
    const cases = [...new Set(wanted)].filter(({ id }) => !known.has(id));
    if (cases.length === 0) return;
    const onCase = progress.unbroken(cases.length);
    const ask = (some: readonly Case[]) =>
      runOnServer({ start: () => start(options), options, cases: some, workers, onCase }, this.#undertaking);
    const first = mergeRepeats(before, await ask(cases));
    const open = undecidedCases(cases, first);
    const seen = open.length === 0 || signal.aborted ? first : mergeRepeats(first, await ask(open));
    if (seen.trouble !== undefined && !signal.aborted)
      throw new UnreachableError(`the unbroken reference server: ${seen.trouble}`);
    this.#unbroken.set(group, seen);
    progress.unbrokenDone(judgeUnbroken(options, seen));
  }

  /** Applies a function to the items, `width` at a time, until the signal aborts. */
  async #sideBySide<T>(items: readonly T[], width: number, act: (item: T) => Promise<void>): Promise<void> {
    const queue = items.values();
    const lanes = Array.from({ length: width }, async () => {
      for (const item of queue) if (!this.#undertaking.signal.aborted) await act(item);
    });
    await Promise.all(lanes);
  }
}
