import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "./random.ts";

const take = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

test("the same seed gives the same numbers, another others, all from 0 up to 1", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const numbers = take(seed, 20);
      expect(take(seed, 20)).toEqual(numbers);
      expect(take(seed + 1, 20)).not.toEqual(numbers);
      for (const number of numbers) expect(number >= 0 && number < 1).toBe(true);
    }),
  );
});

test("the numbers spread evenly", () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const number of take(1, 10_000))
    tenths[Math.floor(number * 10)] = (tenths[Math.floor(number * 10)] ?? 0) + 1;
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
