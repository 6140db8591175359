import { createLogUpdate } from "log-update";
import { columnsOf, tellProgress, type ProgressStream } from "../output/terminal-width.ts";
import type { RunTracker } from "./run-tracker.ts";
import { aboutTime, countsInWords, longestInWords } from "./words.ts";

/** Progress display of a run. */
export interface ProgressDisplay {
  /** Updates the display after an event of the run. */
  readonly update: () => void;
  /** Prints a line that stays. */
  readonly tell: (words: string) => void;
  readonly stop: () => void;
}

/** Columns of the bar, and time between two updates of a terminal in milliseconds. */
const barColumns = 20;
const tickMs = 250;

/** Shortest time between two lines outside a terminal, in milliseconds. It grows with the age of the run. */
const lineMs = 10_000;

/** Growth of that time: a line each time the run is a fifth older. */
const growth = 1.2;

/**
 * Shows progress on a stream: lines that are drawn again on a terminal, a line now and then elsewhere and in CI. Failures are
 * counted here; the report prints each once.
 * @param now monotonic clock in milliseconds
 */
export function startDisplay(
  tracker: RunTracker,
  stream: ProgressStream,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  const isLive = stream.isTTY && (process.env["CI"] ?? "") === "";
  return isLive ? liveDisplay(tracker, stream) : plainDisplay(tracker, stream, now);
}

function plainDisplay(tracker: RunTracker, stream: ProgressStream, now: () => number): ProgressDisplay {
  const startedMs = now();
  let nextMs = startedMs;
  const print = () => {
    const ageMs = now() - startedMs;
    nextMs = startedMs + Math.max(ageMs + lineMs, ageMs * growth);
    const age = `${Math.round(ageMs / 1000)} s`;
    tellProgress(`after ${age}: ${countsInWords(tracker.counts())}; ${leftIn(tracker)}`, stream);
  };
  const update = () => {
    if (tracker.counts().decided > 0 && now() >= nextMs) print();
  };
  const ticking = setInterval(update, tickMs);
  return {
    update,
    tell: (words) => tellProgress(words, stream),
    stop: () => clearInterval(ticking),
  };
}

function liveDisplay(tracker: RunTracker, stream: ProgressStream): ProgressDisplay {
  const lines = createLogUpdate(stream);
  const draw = () => {
    const counts = tracker.counts();
    const columns = columnsOf(stream);
    const state = `${bar(counts.decided / counts.total)} ${leftIn(tracker)}`;
    const longest = longestInWords(tracker.longest());
    const shown = [state, countsInWords(counts), ...(longest === undefined ? [] : [longest])];
    lines(shown.map((line) => cut(line, columns - 1)).join("\n"));
  };
  const ticking = setInterval(draw, tickMs);
  draw();
  return {
    update: draw,
    tell: (words) => {
      lines.clear();
      tellProgress(words, stream);
      draw();
    },
    stop: () => {
      clearInterval(ticking);
      lines.clear();
      lines.done();
    },
  };
}

const leftIn = (tracker: RunTracker) => `${aboutTime(tracker.leftMs())} left`;

/** Renders a bar that is filled to a share from 0 to 1. */
function bar(share: number): string {
  const full = Math.round(share * barColumns);
  return "█".repeat(full) + "░".repeat(barColumns - full);
}

const cut = (line: string, columns: number): string =>
  line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
