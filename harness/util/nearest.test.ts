import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const words = ["close", "fin", "rst", "tab-closed"] as const;

test.each([
  ["clsoe", "close"],
  ["tabclosed", "tab-closed"],
  ["fim", "fin"],
  ["network-partition", undefined],
])("the word nearest to %s is %s", (typed, expected) => {
  expect(nearest(typed, words)).toBe(expected);
});
