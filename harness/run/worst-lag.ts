import type { RunRecord } from "../judge/record.ts";

type RunLag = RunRecord["lag"];

/** Returns the longest of the harness's own delays in several runs; 0 without a run. */
export function worstLag(lags: readonly RunLag[]): RunLag {
  const most = (of: (lag: RunLag) => number) => Math.max(0, ...lags.map(of));
  return {
    p50Ms: most((lag) => lag.p50Ms),
    maxMs: most((lag) => lag.maxMs),
    proxy: { p50Ms: most(({ proxy }) => proxy.p50Ms), maxMs: most(({ proxy }) => proxy.maxMs) },
  };
}
