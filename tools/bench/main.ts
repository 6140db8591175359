/** Benchmarks, as ratios of measurements of the same bench: `npm run bench -- --help`. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes } from "../../cli/exit.ts";
import { awaitInterruption } from "../../cli/interruption.ts";
import { benchServer } from "../../reference-server/bench.ts";
import { benchSimulation } from "../../simulation/bench.ts";
import { complaintsOf, figuresOf, workers, type BenchRuns, type Round } from "./figures.ts";
import { busyComplaint, busyShare, machineName } from "./machine.ts";
import { compilePrograms, measureRun, type MeasuredRun, type RunSetting } from "./measured-run.ts";
import { benchPage, linesOf, renderPage } from "./page.ts";
import { brokenServers, servers, type BenchServerName } from "./servers.ts";
import { benchTiming } from "./timing.ts";

const help = `npm run bench -- [options]

  --quick   few cases, one round, for a first look: one to three minutes
  --write   writes docs/BENCH.md; needs a quiet machine, and takes at most ten minutes
`;

/** Amounts of work. \`select\` are arguments of \`hangup run\`. */
const plans = {
  complete: { select: [], rounds: 3, leaves: 201, sessions: 2_000, closes: 300, simulatedMs: 4_000 },
  quick: {
    select: [
      "--tier",
      "quick",
      "--grep",
      "^(leave/(fin|close|disconnect)|silence/silent-drop|identify/never)",
    ],
    ...{ rounds: 1, leaves: 21, sessions: 200, closes: 30, simulatedMs: 500 },
  },
} as const;

/** A run on a broken server is interrupted at this multiple of the correct server's time. */
const limitFactor = 5;

const { values } = parseArgs({
  options: { quick: { type: "boolean" }, write: { type: "boolean" }, help: { type: "boolean" } },
});

const tell = (words: string) => console.error(words);

/** Runs the suite on the correct server in rounds, so that a change of the machine's load meets all kinds of runs, then on broken ones. */
async function runAll(
  rounds: number,
  run: (setting: RunSetting) => Promise<MeasuredRun>,
): Promise<Pick<BenchRuns, "rounds" | "broken">> {
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    tell(`Round ${round + 1} of ${rounds} on the correct server`);
    done.push({
      usual: await run({ server: "correct" }),
      ownObservers: await run({ server: "correct", ownObservers: true }),
      few: await run({ server: "correct", workers: workers.few }),
      many: await run({ server: "correct", workers: workers.many }),
    });
  }
  const limitMs = limitFactor * Math.max(...done.map(({ usual }) => usual.durationMs));
  const broken: [BenchServerName, MeasuredRun][] = [];
  for (const server of brokenServers) {
    tell(`Broken server: ${servers[server].description}`);
    broken.push([server, await run({ server, limitMs })]);
  }
  return { rounds: done, broken };
}

async function main(signal: AbortSignal): Promise<void> {
  const plan = values.quick === true ? plans.quick : plans.complete;
  const busyBefore = await busyShare();
  tell("Timing against packets");
  // First, while little memory is used.
  const timing = await benchTiming(plan.leaves, signal);
  const compiled = await compilePrograms();
  const folder = await mkdtemp(join(tmpdir(), "hangup-bench-"));
  try {
    const place = { folder, compiled, select: plan.select, signal };
    const measured = await runAll(plan.rounds, (setting) => measureRun(setting, place));
    const busyAfter = await busyShare();
    const runs = { cores: availableParallelism(), ...measured, timing };
    const [first] = measured.rounds;
    const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
    const result = {
      machine: {
        name: machineName(),
        node: process.version,
        busyBefore: percent(busyBefore),
        busyAfter: percent(busyAfter),
      },
      cases: first?.usual.cases ?? 0,
      rounds: plan.rounds,
      runMs: first?.usual.durationMs ?? 0,
      figures: figuresOf(runs),
      complaints: [...complaintsOf(runs), ...busyComplaint([busyBefore, busyAfter])],
    };
    console.log(linesOf(result).join("\n"));
    console.log(await serverAndSimulation(plan));
    if (values.write === true) await writeFile(benchPage, await renderPage(result, new Date()));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures the reference server and the simulation by themselves. Their figures are absolute, so the page leaves them out. */
async function serverAndSimulation({
  sessions,
  closes,
  simulatedMs,
}: Record<"sessions" | "closes" | "simulatedMs", number>): Promise<string> {
  const simulation = benchSimulation(simulatedMs);
  const server = await benchServer(sessions, closes);
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const { p50Ms, p99Ms, maxMs } = server.closeToNotice;
  return `
Absolute figures of this machine
  simulation: ${Math.round(simulation.historiesPerCpuSecond)} histories per second of processor time, ${simulation.eventsPerHistory.toFixed(1)} events each
  reference server: ${kib(server.usedBytesPerSession)} of live memory a session, ${kib(server.residentBytesPerSession)} of the process, at ${server.sessions} sessions
  close to notice: ${ms(p50Ms)} at the median, ${ms(p99Ms)} at the 99th percentile, ${ms(maxMs)} at most`;
}

if (values.help === true) console.log(help);
else if (values.quick === true && values.write === true) {
  console.error("npm run bench: --write takes the complete bench. Leave out --quick.");
  process.exitCode = 2;
} else {
  const { signal } = awaitInterruption();
  await main(signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    process.exitCode = exitCodes.interrupted;
  });
}
