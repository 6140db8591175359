import { expect, onTestFinished, test } from "vitest";
import { LagMeter } from "./lag.ts";

/** Holds the event loop up. */
function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

async function meter(): Promise<LagMeter> {
  const lag = await LagMeter.start(() => performance.now());
  onTestFinished(() => lag.stop());
  return lag;
}

test("a busy event loop is measured, put on record, and outlasts the moment that it touched", async () => {
  const lag = await meter();
  const spikes: [string, number][] = [];
  lag.onSpike((lagMs, source) => spikes.push([source, lagMs]));
  const fromMs = performance.now();
  busyFor(150);
  expect(lag.maxSinceMs(fromMs)).toBeGreaterThan(130);
  expect(spikes.filter(([source, lagMs]) => source === "event-loop" && lagMs > 130)).toHaveLength(1);
  expect(lag.summary("event-loop").maxMs).toBeGreaterThan(130);
  expect(lag.maxSinceMs(performance.now() + 1)).toBe(0);
});

test("a byte that is held up on its way through a proxy is measured too", async () => {
  const lag = await meter();
  const held = new Promise<number>((resolve) => {
    lag.onSpike((lagMs, source) => {
      if (source === "proxy") resolve(lagMs);
    });
  });
  // Whenever one happens to be under way.
  const holding = setInterval(() => busyFor(120), 1);
  expect(await held).toBeGreaterThanOrEqual(100);
  clearInterval(holding);
  expect(lag.summary("proxy").maxMs).toBeGreaterThanOrEqual(100);
});

test("after it was told no more, nothing is noted", async () => {
  const lag = await meter();
  let noted = 0;
  const forget = lag.onSpike(() => (noted += 1));
  forget();
  busyFor(120);
  lag.maxSinceMs(0);
  expect(noted).toBe(0);
});
