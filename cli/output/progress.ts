import { createLogUpdate } from "log-update";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { kindOf } from "../../reports/read/record-queries.ts";

/** Progress display of a run. */
export interface Progress {
  readonly finished: (one: CaseRecord) => void;
  /** Shows a sentence about the run. */
  readonly tell: (words: string) => void;
  readonly stop: () => void;
}

/** Shows progress on standard error: a live line on a terminal, one line per case elsewhere and in CI. */
export function startProgress(total: number, workers: number): Progress {
  const live = process.stderr.isTTY && (process.env["CI"] ?? "") === "";
  return live ? liveLine(total, workers) : plainLines();
}

function plainLines(): Progress {
  return {
    finished: (one) => {
      process.stderr.write(`${kindOf(one).padEnd(14)} ${one.id} (${(one.durationMs / 1000).toFixed(1)} s)\n`);
    },
    tell: (words) => void process.stderr.write(`${words}\n`),
    stop: () => undefined,
  };
}

function liveLine(total: number, workers: number): Progress {
  const line = createLogUpdate(process.stderr);
  const startedMs = performance.now();
  const durationsMs: number[] = [];
  let done = 0;
  let failing = 0;
  const draw = () => {
    const left = timeLeft({ total, workers, durationsMs, elapsedMs: performance.now() - startedMs });
    line(`${bar(done / total)} ${done}/${total} cases · ${failing} failing · ${left}`);
  };
  const ticking = setInterval(draw, 250);
  draw();
  return {
    finished: (one) => {
      done += 1;
      if (one.durationMs > 0) durationsMs.push(one.durationMs);
      if (kindOf(one) === "fail") {
        failing += 1;
        line.clear();
        process.stderr.write(`fail ${one.id}: ${one.title}\n`);
      }
      draw();
    },
    tell: (words) => {
      line.clear();
      process.stderr.write(`${words}\n`);
      draw();
    },
    stop: () => {
      clearInterval(ticking);
      line.clear();
      line.done();
    },
  };
}

const barColumns = 24;

/** Renders a bar that is filled to a share from 0 to 1. */
function bar(share: number): string {
  const full = Math.round(share * barColumns);
  return "█".repeat(full) + "░".repeat(barColumns - full);
}

interface ProgressSnapshot {
  readonly total: number;
  readonly workers: number;
  readonly durationsMs: readonly number[];
  readonly elapsedMs: number;
}

/** Estimates the remaining time. Cases mostly wait, so each group of `workers` cases takes about the mean time so far. */
function timeLeft({ total, workers, durationsMs, elapsedMs }: ProgressSnapshot): string {
  if (durationsMs.length === 0) return "time left not known yet";
  const mean = durationsMs.reduce((sum, ms) => sum + ms, 0) / durationsMs.length;
  const longest = Math.max(...durationsMs);
  const wholeMs = Math.max(longest, Math.ceil(total / workers) * mean);
  const leftMs = wholeMs - elapsedMs;
  return leftMs < 1000 ? "nearly done" : `about ${Math.round(leftMs / 1000)} s left`;
}
