import fc from "fast-check";
import { expect, test } from "vitest";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { expectedMs } from "./expected-durations.ts";
import { inShard } from "./split.ts";

const cases = scenarios.flatMap(casesOf);

test("each case is in exactly one shard, whatever the cases and however many shards, in their order", () => {
  fc.assert(
    fc.property(fc.subarray(cases), fc.integer({ min: 1, max: 12 }), (some, of) => {
      const shards = Array.from({ length: of }, (_, place) => inShard(some, { index: place + 1, of }));
      expect(shards.flat().length).toBe(some.length);
      expect(new Set(shards.flat())).toEqual(new Set(some));
      for (const shard of shards) expect(shard).toEqual(some.filter((one) => shard.includes(one)));
    }),
    { numRuns: 50 },
  );
});

test("four shards are expected to take about equally long", () => {
  const lengths = [1, 2, 3, 4].map((index) =>
    inShard(cases, { index, of: 4 }).reduce((sum, { scenario }) => sum + (expectedMs[scenario.id] ?? 0), 0),
  );
  expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.05);
});

test("the target's own durations decide, where they are known", () => {
  // On this target a few cases take nearly all the time.
  const long = new Set(cases.slice(10, 18));
  const measured = Object.fromEntries(
    cases.slice(0, -5).map((one) => [one.id, { durationMs: long.has(one) ? 600_000 : 1 }]),
  );
  const shards = [1, 2, 3, 4].map((index) => inShard(cases, { index, of: 4 }, measured));
  expect(shards.map((shard) => shard.filter((one) => long.has(one)).length)).toEqual([2, 2, 2, 2]);
  expect(new Set(shards.flat())).toEqual(new Set(cases));
  expect(shards.flat().length).toBe(cases.length);
});

test("every scenario's duration was measured, and no other's", () => {
  expect(Object.keys(expectedMs).toSorted()).toEqual(scenarios.map(({ id }) => id).toSorted());
});
