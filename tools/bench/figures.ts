import { lateToleranceMs } from "../../harness/history/lateness.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { servers, type BenchServerName } from "./servers.ts";
import type { TimingBench } from "./timing.ts";

/** Numbers of workers whose processor times are compared. */
export const workers = { few: 8, many: 96 } as const;

/** Runs on the correct server, one after another. */
export interface Round {
  /** With the default number of workers. */
  readonly usual: MeasuredRun;
  readonly ownObservers: MeasuredRun;
  readonly few: MeasuredRun;
  readonly many: MeasuredRun;
}

/** All measurements of a bench. */
export interface BenchRuns {
  /** Number of processor cores. */
  readonly cores: number;
  /** At least one. */
  readonly rounds: readonly Round[];
  readonly broken: readonly (readonly [BenchServerName, MeasuredRun])[];
  /** Text: the reason why the timing was not compared. */
  readonly timing: TimingBench | string;
}

/** Ratio of two measurements of the same bench, as texts. */
export interface Figure {
  readonly name: string;
  readonly ratio: string;
  /** Largest ratio that is wanted; empty if there is no goal. */
  readonly goal: string;
  /** Measurements of the ratio. */
  readonly measured: string;
}

/** Two measurements with their ratio. */
interface Compared {
  readonly ratio: number;
  readonly measured: string;
}

/** Returns the figures of a bench. Of several rounds, a figure is that of the round with the median ratio. */
export function figuresOf({ cores, rounds, broken, timing }: BenchRuns): Figure[] {
  const ofRounds = (name: string, goal: string, compare: (round: Round) => Compared): Figure => {
    const { ratio, measured } = median(rounds.map(compare), (each) => each.ratio);
    return { name, ratio: ratio.toFixed(2), goal, measured };
  };
  const usual = median(
    rounds.map((round) => round.usual),
    ({ durationMs }) => durationMs,
  );
  return [
    ofRounds("run time : longest window", "", (round) =>
      inSeconds(round.usual.durationMs, round.usual.longestWindowMs),
    ),
    ofRounds("run time : longest window, or processor time / cores if longer", "1.3", (round) =>
      inSeconds(round.usual.durationMs, Math.max(round.usual.longestWindowMs, round.usual.cpuMs / cores)),
    ),
    ofRounds("the same cases one after another : run time", "", (round) =>
      inSeconds(round.usual.serialMs, round.usual.durationMs),
    ),
    ofRounds(`processor time a case, ${workers.many} workers : ${workers.few}`, "1.2", ({ many, few }) =>
      inMilliseconds(cpuOfCaseMs(many), cpuOfCaseMs(few)),
    ),
    ofRounds("processor time a case, own observers : shared ones", "", (round) =>
      inMilliseconds(cpuOfCaseMs(round.ownObservers), cpuOfCaseMs(round.usual)),
    ),
    ofRounds("run time, own observers : shared ones", "", (round) =>
      inSeconds(round.ownObservers.durationMs, round.usual.durationMs),
    ),
    ...broken.flatMap(([name, run]) => ofBroken(servers[name].description, run, usual)),
    ...timingFigures(timing),
  ];
}

/** Returns a sentence for each run on the correct server in which a case did not pass. Such figures say little. */
export function complaintsOf({ rounds }: Pick<BenchRuns, "rounds">): string[] {
  return rounds
    .flatMap((round) => Object.entries(round) as [keyof Round, MeasuredRun][])
    .flatMap(([name, { failed, inconclusive, cases }]) =>
      failed + inconclusive === 0
        ? []
        : [
            `Run "${name}" on the correct server: ${failed} of ${cases} cases failed, ${inconclusive} inconclusive.`,
          ],
    );
}

/** Returns the ratio of run times, and the share of inconclusive cases. */
function ofBroken(description: string, run: MeasuredRun, correct: MeasuredRun): Figure[] {
  const { ratio, measured } = inSeconds(run.durationMs, correct.durationMs);
  const ended = run.interrupted ? "; interrupted" : "";
  return [
    {
      name: `run time, ${description} : correct`,
      ratio: `${run.interrupted ? "> " : ""}${ratio.toFixed(2)}`,
      goal: "3",
      measured: `${measured}${ended}`,
    },
    {
      name: `inconclusive cases, ${description}`,
      ratio: `${((100 * run.inconclusive) / Math.max(1, run.cases)).toFixed(1)} %`,
      goal: "10 %",
      measured: `${run.inconclusive} of ${run.cases}, ${run.failed} failed${ended}`,
    },
  ];
}

function timingFigures(timing: TimingBench | string): Figure[] {
  const name = "error of a measured latency : late tolerance";
  if (typeof timing === "string") return [{ name, ratio: "-", goal: "", measured: timing }];
  const { difference, bareEcho, compared } = timing;
  return [
    { name, ...withPrecision(difference.p99Ms, lateToleranceMs, `at the 99th percentile of ${compared}`) },
    {
      name: "error of a measured latency : echo of one byte",
      ...withPrecision(difference.p50Ms, bareEcho.p50Ms, "at the median"),
    },
  ];
}

const withPrecision = (partMs: number, wholeMs: number, where: string): Omit<Figure, "name"> => ({
  ratio: (partMs / wholeMs).toFixed(3),
  goal: "",
  measured: `${partMs.toFixed(2)} ms : ${wholeMs.toFixed(2)} ms, ${where}`,
});

const cpuOfCaseMs = ({ cpuMs, cases }: MeasuredRun): number => cpuMs / Math.max(1, cases);

const inSeconds = (partMs: number, wholeMs: number): Compared => ({
  ratio: partMs / wholeMs,
  measured: `${(partMs / 1_000).toFixed(1)} s : ${(wholeMs / 1_000).toFixed(1)} s`,
});

const inMilliseconds = (partMs: number, wholeMs: number): Compared => ({
  ratio: partMs / wholeMs,
  measured: `${partMs.toFixed(0)} ms : ${wholeMs.toFixed(0)} ms`,
});

/** Returns the middle one, by a number; of an even count the lower one of both. */
function median<T>(values: readonly T[], by: (value: T) => number): T {
  const middle = values.toSorted((a, b) => by(a) - by(b))[Math.floor((values.length - 1) / 2)];
  if (middle === undefined) throw new Error("a bench needs at least one round");
  return middle;
}
