import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../harness/util/random.ts";
import { probabilityOfChange, tailProbability, upperBound } from "./binomial.ts";

describe("the tail of the binomial distribution", () => {
  test("is the sum of its terms", () => {
    expect(tailProbability({ attempts: 3, occurrences: 2 }, 0.4)).toBeCloseTo(0.352, 10);
    expect(tailProbability({ attempts: 10, occurrences: 10 }, 0.5)).toBeCloseTo(2 ** -10, 12);
    expect(tailProbability({ attempts: 1, occurrences: 1 }, 0.9)).toBeCloseTo(0.9, 10);
  });

  test("is certain for nothing at all, and for a rate of 1", () => {
    expect(tailProbability({ attempts: 0, occurrences: 0 }, 0.1)).toBe(1);
    expect(tailProbability({ attempts: 5, occurrences: 5 }, 1)).toBe(1);
    expect(tailProbability({ attempts: 5, occurrences: 1 }, 0)).toBe(0);
  });

  test("survives many attempts", () => {
    expect(tailProbability({ attempts: 20_000, occurrences: 10_000 }, 0.5)).toBeCloseTo(0.503, 2);
    expect(tailProbability({ attempts: 20_000, occurrences: 1 }, 0.9)).toBeCloseTo(1, 8);
    expect(tailProbability({ attempts: 20_000, occurrences: 20_000 }, 0.1)).toBe(0);
  });
});

// From tables of the Clopper-Pearson interval: the upper limits of its two-sided 90 % form.
test.each([
  [0, 10, 0.2589],
  [1, 10, 0.3942],
  [2, 20, 0.2826],
  [1, 3, 0.8647],
])("%i of %i: the rate is at most %f", (occurrences, attempts, bound) => {
  expect(upperBound({ occurrences, attempts }, 0.95)).toBeCloseTo(bound, 3);
});

test("the bound is 1 where every attempt had the result, and above the true rate in 95 of 100 samples", () => {
  expect(upperBound({ attempts: 4, occurrences: 4 }, 0.95)).toBe(1);
  const random = seededRandom(7);
  for (const [rate, attempts] of [
    [0.1, 5],
    [0.1, 30],
    [0.5, 10],
  ] as const) {
    const samples = Array.from({ length: 2_000 }, () => {
      const occurrences = Array.from({ length: attempts }, random).filter((drawn) => drawn < rate).length;
      return upperBound({ attempts, occurrences }, 0.95) >= rate;
    });
    expect(samples.filter(Boolean).length / samples.length).toBeGreaterThan(0.94);
  }
});

test("a pass after one failure says little, five after five failures say much", () => {
  expect(probabilityOfChange(1, 1)).toBeCloseTo(1 / 2, 10);
  expect(probabilityOfChange(5, 1)).toBeCloseTo(1 / 6, 10);
  expect(probabilityOfChange(5, 5)).toBeCloseTo(1 / 252, 10);
});
