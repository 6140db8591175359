import fc from "fast-check";
import { commandCodes } from "./command.ts";
import { simulate } from "./simulate.ts";

export interface SimulationFigures {
  readonly historiesPerSecond: number;
  /** Rate per second of processor time, so that other processes on the machine don't lower it. */
  readonly historiesPerCpuSecond: number;
  readonly eventsPerHistory: number;
  readonly histories: number;
}

/**
 * Measures the speed of the simulation on one processor core. The time includes fast-check, the core and the model. Runs
 * for about `forMs` milliseconds, after a warm-up of half that time.
 */
export function benchSimulation(forMs = 4000, seed = 1): SimulationFigures {
  run(forMs / 2, seed);
  return run(forMs, seed + 1);
}

function run(forMs: number, seed: number): SimulationFigures {
  let histories = 0;
  let events = 0;
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  for (let round = 0; performance.now() < startMs + forMs; round++) {
    const policy = round % 2 === 0 ? "session" : "person";
    const property = fc.property(commandCodes, (codes) => {
      events += simulate(codes, policy);
      histories++;
    });
    fc.assert(property, { numRuns: 500, seed: seed + round });
  }
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(startCpu);
  const historiesPerCpuSecond = (histories * 1e6) / (user + system);
  return {
    historiesPerSecond: histories / seconds,
    historiesPerCpuSecond,
    eventsPerHistory: events / histories,
    histories,
  };
}
