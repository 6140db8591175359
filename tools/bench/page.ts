import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { paddedTable } from "../padded-table.ts";
import { countOf } from "../../harness/util/words.ts";
import type { Figure } from "./figures.ts";
import type { Machine } from "./machine.ts";

/** Page that `renderPage` renders. */
export const benchPage = new URL("../../docs/BENCH.md", import.meta.url);

/** Pace of Autobahn|Testsuite, the usual suite for WebSocket servers: a known figure, not measured by the bench. */
const autobahn = { cases: 500, minutes: 10 } as const;

/** Result of a bench, for the terminal and the page. */
export interface BenchResult {
  readonly machine: Machine;
  /** Selected cases that apply to the reference server. */
  readonly cases: number;
  /** Number of runs of each kind on the correct server. */
  readonly rounds: number;
  /** Time of one run on the correct server, in milliseconds. */
  readonly runMs: number;
  readonly figures: readonly Figure[];
  /** Reasons to distrust the figures, as sentences. */
  readonly complaints: readonly string[];
}

/** Returns the lines that the terminal and the page share: machine, table, comparison, complaints. */
export function linesOf({ machine, cases, rounds, runMs, figures, complaints }: BenchResult): string[] {
  const perCase = { hangup: runMs / cases, autobahn: (autobahn.minutes * 60_000) / autobahn.cases };
  const seconds = (ms: number) => (ms / 1_000).toFixed(2);
  return [
    `${machine.name}, Node ${machine.node}, without browsers. ${countOf(cases, "case")} a run, ${countOf(rounds, "run")} of each kind on the correct server.`,
    `Other programs used ${machine.busyBefore} of the processors before the runs and ${machine.busyAfter} after them.`,
    "",
    ...paddedTable([
      ["figure", "ratio", "at most", "measured"],
      ...figures.map(({ name, ratio, goal, measured }) => [name, ratio, goal, measured]),
    ]),
    "",
    `A user would otherwise take a suite such as Autobahn's, for WebSocket alone: about ${autobahn.cases} cases in ${autobahn.minutes} minutes, one after another.`,
    `That is ${seconds(perCase.autobahn)} s a case; hangup takes ${seconds(perCase.hangup)} s, ${(perCase.autobahn / perCase.hangup).toFixed(1)} times as fast. The pace of Autobahn's suite is a known figure, not measured here.`,
    ...(complaints.length === 0 ? [] : ["", ...complaints]),
  ];
}

/** Renders docs/BENCH.md. */
export async function renderPage(result: BenchResult, date: Date): Promise<string> {
  const output = fileURLToPath(benchPage);
  const text = [
    "# Benchmarks",
    "",
    `Written by \`npm run bench -- --write\` on ${date.toISOString().slice(0, 10)}. Each ratio compares two measurements of that bench, since`,
    "absolute times depend on the machine. Processor times are those of hangup, the server and all their processes, from start to end.",
    "",
    ...linesOf(result),
    "",
    "## What is compared",
    "",
    "- **Longest window**: the longest time that a case must wait before a leave is late; here a silent drop's. No run can be shorter.",
    "- **Own observers**: the same server and topic, by a profile whose `topic` is a function. hangup then cannot know that all cases have",
    "  one topic, and each case opens its own observers.",
    "- **Broken servers**: `tools/bench/servers.ts` has them. They answer HTTP requests and WebSocket handshakes late, or drop a connection at",
    "  its first request. A run is interrupted at five times the correct server's time. Its counts are then those of the cases that had ended.",
    "- **Error of a measured latency**: the harness's latencies against a network capture, from the FIN to the MESSAGE. It needs `tshark` and",
    "  the right to capture.",
    "",
  ].join("\n");
  return format(text, { ...(await resolveConfig(output)), filepath: output });
}
