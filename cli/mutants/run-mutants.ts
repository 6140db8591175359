import type { Case } from "../../harness/scenario.ts";
import type { MutantResult } from "../../reports/kill-matrix/record.ts";
import { UnreachableError } from "../exit.ts";
import type { Target } from "../target.ts";
import { askServer, openCases, withRepeated, type Means } from "./ask-server.ts";
import type { Findings } from "./conclude.ts";
import { judgeMutant, judgeUnbroken, type Seen } from "./judge-mutant.ts";
import type { Group, Planned } from "./plan.ts";
import type { MutantsProgress } from "./progress.ts";

/** How many mutants run side by side. Cases mostly wait; but one thread of the harness runs them all. */
const mutantsAtOnce = 3;

/** How many cases of each at most. All of them hold back when the harness can't keep its time. */
const workers = 24;

export interface Undertaking extends Means {
  readonly groups: readonly Group[];
  /** Starts a server as a process of its own; the unbroken one where no mutant is named. */
  readonly start: (options: Group["options"], mutant?: string) => Promise<Target>;
  readonly progress: MutantsProgress;
}

export interface MutantsRun extends Findings {
  /** The names of those that an interruption left out. */
  readonly notRun: string[];
  readonly lagMaxMs: number;
}

/** A mutant, with what the unbroken server did in the same cases. */
interface Member extends Planned {
  readonly options: Group["options"];
  readonly unbroken: Seen;
}

interface Asked {
  readonly seen: Seen;
  readonly result: MutantResult;
}

/**
 * Runs the unbroken servers, one by one; then the mutants, a few side by side; then once more, one by one, those that
 * were not found out, in the cases that came to no verdict.
 * @throws UnreachableError when an unbroken server does not start
 */
export async function runMutants(undertaking: Undertaking): Promise<MutantsRun> {
  const { groups, signal, progress } = undertaking;
  const unbroken = new Map<Group, Seen>();
  await sideBySide(groups, 1, signal, async (group) => {
    unbroken.set(group, await askUnbroken(group, undertaking));
  });
  const members = groups.flatMap((group) =>
    group.planned.map((planned) => ({
      ...planned,
      options: group.options,
      unbroken: unbroken.get(group) ?? nothingSeen,
    })),
  );
  const asked = new Map<Member, Asked>();
  await sideBySide(members, mutantsAtOnce, signal, async (member) => {
    progress.begun(member.mutant.name);
    const first = await askInRounds(member, undertaking);
    asked.set(member, first);
    if (toAskAgain(member, first).length === 0) progress.finished(first.result);
  });
  await sideBySide(members, 1, signal, async (member) => {
    const first = asked.get(member);
    const open = first === undefined ? [] : toAskAgain(member, first);
    if (first === undefined || open.length === 0) return;
    const last = await askMutant(member, open, undertaking, first.seen);
    asked.set(member, last);
    progress.finished(last.result);
  });
  return findingsOf(members, asked, [...unbroken], signal.aborted);
}

const nothingSeen: Seen = { cases: [], durationMs: 0, lagMaxMs: 0 };

async function askUnbroken({ options, cases }: Group, undertaking: Undertaking): Promise<Seen> {
  const { start, signal, progress } = undertaking;
  const onCase = progress.unbroken(cases.length);
  const ask = (some: readonly Case[]) =>
    askServer({ start: () => start(options), options, cases: some, workers, onCase }, undertaking);
  const first = await ask(cases);
  const open = openCases(cases, first);
  const seen = open.length === 0 || signal.aborted ? first : withRepeated(first, await ask(open));
  if (seen.trouble !== undefined && !signal.aborted)
    throw new UnreachableError(`the unbroken reference server: ${seen.trouble}`);
  progress.unbrokenDone(judgeUnbroken(options, seen));
  return seen;
}

/** Asks one round after the other, until the mutant is found out. */
async function askInRounds(member: Member, undertaking: Undertaking): Promise<Asked> {
  const [first = [], ...others] = member.rounds;
  let asked = await askMutant(member, first, undertaking, nothingSeen);
  for (const round of others) {
    const isOver = asked.result.state === "killed" || asked.seen.trouble !== undefined;
    if (!isOver && round.length > 0) asked = await askMutant(member, round, undertaking, asked.seen);
  }
  return asked;
}

async function askMutant(
  { mutant, options, unbroken }: Member,
  cases: readonly Case[],
  undertaking: Undertaking,
  before: Seen,
): Promise<Asked> {
  const start = () => undertaking.start(options, mutant.name);
  const seen = withRepeated(before, await askServer({ start, options, cases, workers }, undertaking));
  return { seen, result: judgeMutant(mutant, seen, unbroken.cases) };
}

/** The cases in which another attempt might yet find the mutant out; none where it has been. */
function toAskAgain({ mutant, rounds }: Member, { seen, result }: Asked): readonly Case[] {
  if (result.state === "killed") return [];
  return openCases(rounds.flat(), seen).filter(({ checks }) => mutant.breaks.some((id) => id in checks));
}

function findingsOf(
  members: readonly Member[],
  asked: ReadonlyMap<Member, Asked>,
  unbroken: readonly (readonly [Group, Seen])[],
  interrupted: boolean,
): MutantsRun {
  // Of one that was interrupted before its first case had ended, nothing is known.
  const known = members.filter((member) => !interrupted || (asked.get(member)?.seen.cases.length ?? 0) > 0);
  const seen = [...unbroken.map(([, one]) => one), ...Array.from(asked.values(), (one) => one.seen)];
  return {
    mutants: known.flatMap((member) => asked.get(member)?.result ?? []),
    unbroken: unbroken.map(([{ options }, one]) => judgeUnbroken(options, one)),
    interrupted,
    notRun: members.filter((member) => !known.includes(member)).map(({ mutant }) => mutant.name),
    lagMaxMs: Math.max(0, ...seen.map(({ lagMaxMs }) => lagMaxMs)),
  };
}

/** Does one thing after the other, `width` of them at a time, until the signal aborts. */
async function sideBySide<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lanes = Array.from({ length: width }, async () => {
    for (const item of queue) if (!signal.aborted) await act(item);
  });
  await Promise.all(lanes);
}
