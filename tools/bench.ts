import { availableParallelism } from "node:os";
import { benchTiming, type TimingBench } from "./bench-timing.ts";
import { benchServer } from "../reference-server/bench.ts";
import { benchSimulation } from "../simulation/bench.ts";

// One after another, because each needs a core. Timing first, while little memory is used.
const timing = await benchTiming();
const simulation = benchSimulation();
const server = await benchServer();
const { closeToNotice } = server;
const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;

console.log(`Node ${process.version}, ${availableParallelism()} cores

simulated world
  ${Math.round(simulation.historiesPerSecond)} histories/s, ${Math.round(simulation.historiesPerCpuSecond)} per second of processor time
  ${simulation.eventsPerHistory.toFixed(1)} applied events a history, model included; ${simulation.histories} histories

reference server, ${server.sessions} open identified sessions
  ${kib(server.usedBytesPerSession)} of live memory a session, ${kib(server.residentBytesPerSession)} of the process
  close to notice: median ${closeToNotice.p50Ms.toFixed(2)} ms, 99th percentile ${closeToNotice.p99Ms.toFixed(2)} ms, longest ${closeToNotice.maxMs.toFixed(2)} ms

the harness's own timing, against the packets on the loopback
  ${typeof timing === "string" ? timing : timingLine(timing)}`);

function timingLine({ compared, firstMs, difference, bareEcho }: TimingBench): string {
  const words = ({ p50Ms, p99Ms, maxMs }: TimingBench["difference"]) =>
    `${p50Ms.toFixed(2)} ms at the median, ${p99Ms.toFixed(2)} ms at the 99th percentile, ${maxMs.toFixed(2)} ms at most`;
  return `${compared} latencies: they differ by ${words(difference)}; the first, in code not yet compiled, by ${firstMs.toFixed(2)} ms
  for comparison, a bare echo on this machine: ${words(bareEcho)}`;
}
