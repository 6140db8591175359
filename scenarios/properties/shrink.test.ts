import fc from "fast-check";
import { expect, test } from "vitest";
import { shrink, type Shrinking } from "./shrink.ts";

/** Returns smaller whole numbers: less by a quarter, a third, a half, and one. */
const smaller = (value: number) =>
  [4, 3, 2]
    .map((part) => value - Math.ceil(value / part))
    .concat(value - 1)
    .filter((one) => one >= 0);

/** Returns a search that fails from `limit` on. `asked` receives each batch of values. */
function searching(
  limit: number,
  asked: number[][],
  more: Partial<Shrinking<number>> = {},
): Shrinking<number> {
  return {
    smaller,
    keyOf: String,
    width: 2,
    hasTime: () => true,
    fail: (values) => {
      asked.push([...values]);
      return Promise.resolve(values.map((value) => value >= limit));
    },
    ...more,
  };
}

test("ends where nothing smaller fails, having asked of each value once, and of no more at once than it may", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 5 }), async (limit, over, width) => {
      const asked: number[][] = [];
      expect(await shrink(limit + over, searching(limit, asked, { width }))).toBe(limit);
      expect(new Set(asked.flat()).size).toBe(asked.flat().length);
      for (const values of asked) expect(values.length).toBeLessThanOrEqual(width);
    }),
  );
});

test("values that nobody could tell apart are asked of once", async () => {
  const asked: number[][] = [];
  const twins = searching(10, asked, { keyOf: (value) => String(Math.floor(value / 2)) });
  expect(await shrink(20, twins)).toBeLessThan(12);
  const keys = asked.flat().map((value) => Math.floor(value / 2));
  expect(new Set(keys).size).toBe(keys.length);
});

test("gives what it has when the time is over", async () => {
  const asked: number[][] = [];
  const smallest = await shrink(1_000, searching(0, asked, { hasTime: () => asked.length < 2 }));
  expect(asked.length).toBe(2);
  expect(smallest).toBeLessThan(1_000);
  expect(smallest).toBeGreaterThan(0);
});

test("gives the value itself where nothing smaller fails", async () => {
  expect(await shrink(7, searching(7, []))).toBe(7);
});
