import { expect, test } from "vitest";
import { axes, combinations, pairwise } from "./settings.ts";

test("few combinations have each pair of two values", () => {
  const all = combinations(axes);
  expect(all).toHaveLength(2 * 3 * 2 * 3 * 2);
  const few = pairwise(all);
  expect(few.length).toBeLessThan(13);
  const pairs = (given: typeof all) =>
    new Set(
      given.flatMap((one) =>
        Object.entries(one).flatMap(([key, value]) =>
          Object.entries(one).map(([other, another]) => `${key}=${value} ${other}=${another}`),
        ),
      ),
    );
  expect(pairs(few)).toEqual(pairs(all));
});
