import { availableParallelism, cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

/** Facts on which absolute times depend. */
export interface Machine {
  /** Cores, processor and system. */
  readonly name: string;
  /** Version of Node, such as `v20.19.0`. */
  readonly node: string;
  /** Share of the processors that other programs used, as text. */
  readonly busyBefore: string;
  readonly busyAfter: string;
}

/** Share from which other programs change the figures. */
const busyFrom = 0.1;

/** Returns the processor and the system as a text. */
export const machineName = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown processor"}), ${process.platform} ${process.arch}`;

/** Measures the share of the machine's processor time that is in use, for `forMs` milliseconds. It is from 0 to 1. */
export async function busyShare(forMs = 2_000): Promise<number> {
  const before = processorTimes();
  await setTimeout(forMs);
  const after = processorTimes();
  return (after.busyMs - before.busyMs) / Math.max(1, after.totalMs - before.totalMs);
}

/** Returns a sentence if other programs used so much that figures are too high. */
export const busyComplaint = (shares: readonly number[]): string[] =>
  shares.every((share) => share < busyFrom)
    ? []
    : [
        "The machine was busy with other programs. Run the bench again on a quiet one: these figures are too high.",
      ];

function processorTimes(): { readonly busyMs: number; readonly totalMs: number } {
  const times = cpus().map(({ times: each }) => each);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const totalMs = sum(times.flatMap((each) => Object.values(each)));
  return { busyMs: totalMs - sum(times.map(({ idle }) => idle)), totalMs };
}
