import { expect, it } from "vitest";
import { complaintsOf, figuresOf, type BenchRuns, type Round } from "./figures.ts";
import type { MeasuredRun } from "./measured-run.ts";

const run = (own: Partial<MeasuredRun> = {}): MeasuredRun => ({
  durationMs: 12_000,
  longestWindowMs: 6_000,
  serialMs: 120_000,
  cpuMs: 4_000,
  cases: 100,
  failed: 0,
  inconclusive: 0,
  interrupted: false,
  ...own,
});

const round = (own: Partial<Round> = {}): Round => ({
  usual: run(),
  ownObservers: run(),
  few: run(),
  many: run(),
  ...own,
});

const spread = { p50Ms: 0.1, p99Ms: 1.2, maxMs: 3 };

/** Returns the ratio of each figure, by its name. */
const ratiosOf = (runs: Partial<BenchRuns>): Record<string, string> =>
  Object.fromEntries(
    figuresOf({ cores: 2, rounds: [round()], broken: [], timing: "no capture", ...runs }).map(
      ({ name, ratio }) => [name, ratio],
    ),
  );

it("compares the run time with the longest window, and with the processor time if that takes longer", () => {
  expect(ratiosOf({})).toMatchObject({
    "run time : longest window": "2.00",
    "run time : longest window, or processor time / cores if longer": "2.00",
    "the same cases one after another : run time": "10.00",
  });
  // 20 s of processor time take 10 s on 2 cores.
  expect(ratiosOf({ rounds: [round({ usual: run({ cpuMs: 20_000 }) })] })).toMatchObject({
    "run time : longest window": "2.00",
    "run time : longest window, or processor time / cores if longer": "1.20",
  });
});

it("compares processor times by case, since runs may differ in their number of cases", () => {
  const many = run({ cpuMs: 6_000, cases: 100 });
  const few = run({ cpuMs: 2_000, cases: 50 });
  const ownObservers = run({ cpuMs: 8_000, durationMs: 18_000 });
  expect(ratiosOf({ rounds: [round({ many, few, ownObservers })] })).toMatchObject({
    "processor time a case, 96 workers : 8": "1.50",
    "processor time a case, own observers : shared ones": "2.00",
    "run time, own observers : shared ones": "1.50",
  });
});

it("takes the round with the median ratio", () => {
  const lasting = (durationMs: number) => round({ usual: run({ durationMs }) });
  const [figure] = figuresOf({
    cores: 2,
    rounds: [lasting(60_000), lasting(12_000), lasting(18_000)],
    broken: [["late-leaves", run({ durationMs: 36_000 })]],
    timing: "no capture",
  });
  expect(figure).toEqual({
    name: "run time : longest window",
    ratio: "3.00",
    goal: "",
    measured: "18.0 s : 6.0 s",
  });
});

it("compares broken servers with the correct one, and marks an interrupted run", () => {
  const late = run({ durationMs: 24_000, inconclusive: 5, failed: 90 });
  const dropping = run({ durationMs: 60_000, inconclusive: 20, cases: 80, interrupted: true });
  const figures = figuresOf({
    cores: 2,
    rounds: [round()],
    broken: [
      ["late-leaves", late],
      ["drops-connections", dropping],
    ],
    timing: "no capture",
  });
  expect(figures.filter(({ goal }) => ["3", "10 %"].includes(goal))).toEqual([
    {
      name: "run time, leaves 6 s late : correct",
      ratio: "2.00",
      goal: "3",
      measured: "24.0 s : 12.0 s",
    },
    {
      name: "inconclusive cases, leaves 6 s late",
      ratio: "5.0 %",
      goal: "10 %",
      measured: "5 of 100, 90 failed",
    },
    {
      name: "run time, every tenth connection dropped : correct",
      ratio: "> 5.00",
      goal: "3",
      measured: "60.0 s : 12.0 s; interrupted",
    },
    {
      name: "inconclusive cases, every tenth connection dropped",
      ratio: "25.0 %",
      goal: "10 %",
      measured: "20 of 80, 0 failed; interrupted",
    },
  ]);
});

it("compares the error of a latency with the tolerance, or says why it was not measured", () => {
  const timing = { compared: 40, firstMs: 3, difference: spread, bareEcho: { ...spread, p50Ms: 0.2 } };
  expect(ratiosOf({ timing })).toMatchObject({
    "error of a measured latency : late tolerance": "0.010",
    "error of a measured latency : echo of one byte": "0.500",
  });
  expect(figuresOf({ cores: 2, rounds: [round()], broken: [], timing: "no capture" }).at(-1)).toMatchObject({
    ratio: "-",
    measured: "no capture",
  });
});

it("complains about a correct server that did not pass", () => {
  expect(complaintsOf({ rounds: [round()] })).toEqual([]);
  expect(complaintsOf({ rounds: [round({ many: run({ failed: 1, inconclusive: 2 }) })] })).toEqual([
    'Run "many" on the correct server: 1 of 100 cases failed, 2 inconclusive.',
  ]);
});
