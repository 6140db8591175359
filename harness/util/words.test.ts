import { expect, test } from "vitest";
import { countOf, seconds } from "./words.ts";

test("times are read in seconds, to the millisecond", () => {
  expect(seconds(1234)).toBe("1.234 s");
  expect(seconds(0.4)).toBe("0.000 s");
  expect(seconds(61_000)).toBe("61.000 s");
});

test("only one is singular", () => {
  expect([0, 1, 2].map((n) => countOf(n, "leave"))).toEqual(["0 leaves", "1 leave", "2 leaves"]);
});
