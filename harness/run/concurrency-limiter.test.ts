import fc from "fast-check";
import { expect, test } from "vitest";
import { LagMeter } from "./lag-meter.ts";
import { ConcurrencyLimiter, concurrencyAt } from "./concurrency-limiter.ts";

test("all workers while the harness keeps its time, fewer as it is late, one at least", () => {
  expect(concurrencyAt(24, 0)).toBe(24);
  expect(concurrencyAt(24, 100)).toBe(24);
  expect(concurrencyAt(24, 200)).toBe(12);
  expect(concurrencyAt(24, 5_000)).toBe(1);
  expect(concurrencyAt(1, 200)).toBe(1);
});

test("more delay never lets more run", () => {
  const delay = fc.double({ min: 0, max: 60_000, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), delay, delay, (workers, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(concurrencyAt(workers, more)).toBeLessThanOrEqual(concurrencyAt(workers, less));
      expect(concurrencyAt(workers, more)).toBeGreaterThanOrEqual(1);
      expect(concurrencyAt(workers, less)).toBeLessThanOrEqual(workers);
    }),
  );
});

test("no more run at a time than are allowed, in the order in which they came, and all of them", async () => {
  const lag = await LagMeter.start(() => performance.now());
  const pace = new ConcurrencyLimiter(3, lag);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const cases = Array.from({ length: 8 }, (_, n) =>
    pace.run(async () => {
      started.push(n);
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 150));
      running -= 1;
      if (n === 4) throw new Error("it failed");
    }),
  );
  const ends = await Promise.allSettled(cases);
  await lag.stop();
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBeLessThanOrEqual(3);
  expect(ends.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
});

test("a calm case starts when no other is left to start, and few act while it runs", async () => {
  const lag = await LagMeter.start(() => performance.now());
  const pace = new ConcurrencyLimiter(6, lag, undefined, 2);
  const started: string[] = [];
  let wake: () => void = () => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  let [acting, besideCalm, isCalmRunning] = [0, 0, false];
  const act = async (waitMs: number) => {
    acting += 1;
    if (isCalmRunning) besideCalm = Math.max(besideCalm, acting);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    acting -= 1;
  };
  const calm = pace.run(
    async ({ rest }) => {
      started.push("calm");
      isCalmRunning = true;
      await act(50);
      await rest(async () => {
        wake();
        await new Promise((resolve) => setTimeout(resolve, 400));
      });
      isCalmRunning = false;
    },
    { isCalm: true },
  );
  const others = Array.from({ length: 8 }, (_, n) =>
    pace.run(async ({ rest }) => {
      started.push(String(n));
      await act(100);
      // All of them wake at once, while the calm case waits.
      await rest(() => woken);
      await act(100);
    }),
  );
  await Promise.all([calm, ...others]);
  await lag.stop();
  expect(started.slice(0, 8).sort()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  expect(started[8]).toBe("calm");
  expect(besideCalm).toBeLessThanOrEqual(2);
});
