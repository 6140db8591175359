import { expect, test } from "vitest";
import { limit } from "./figures.ts";

test.each([
  [994, "990 ms"],
  [995, "1 s"],
  [999.6, "1 s"],
  [2_840, "2.8 s"],
  [119_999, "120 s"],
  [150_000, "2.5 min"],
])("a deadline of %d ms is %s", (ms, words) => {
  expect(limit(ms)).toBe(words);
});
