import { expect, onTestFinished, test } from "vitest";
import { setImmediate } from "node:timers/promises";
import { LagMeter, type NotedLag } from "./lag-meter.ts";

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
  lag.onLag(({ lagMs, source }) => spikes.push([source, lagMs]));
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
    lag.onLag(({ lagMs, source }) => {
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
  const forget = lag.onLag(() => (noted += 1));
  forget();
  noted = 0;
  busyFor(120);
  lag.maxSinceMs(0);
  expect(noted).toBe(0);
});

test("delays too short to be noted each by itself are noted by their sum, over the while in which they were", async () => {
  const lag = await meter();
  const noted: NotedLag[] = [];
  const forget = lag.onLag((one) => one.source === "event-loop" && noted.push(one));
  const fromMs = performance.now();
  for (let turn = 0; turn < 10; turn += 1) {
    busyFor(60);
    await setImmediate();
  }
  forget();
  const tookMs = performance.now() - fromMs;
  const sumMs = noted.reduce((sum, one) => sum + (one.sumMs ?? 0), 0);
  expect(sumMs).toBeGreaterThan(300);
  expect(sumMs).toBeLessThanOrEqual(tookMs + 20);
  for (const one of noted) expect(one.overMs).toBeGreaterThanOrEqual((one.sumMs ?? 0) - 1);
});
