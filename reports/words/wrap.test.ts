import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapped } from "./wrap.ts";

test("lines break at spaces, and inside a word only where it is longer than a line", () => {
  expect(wrapped("a bb ccc dddddddd", 5)).toEqual(["a bb", "ccc", "ddddd", "ddd"]);
  expect(wrapped("", 5)).toEqual([""]);
});

test("no line is too long, and nothing but spaces is lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: -3, max: 30 }), (text, columns) => {
      const lines = wrapped(text, columns);
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(Math.max(1, columns));
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});
