import fc from "fast-check";
import { expect, test } from "vitest";
import { fitted } from "./fit.ts";
import { anyText } from "../../testing/records/arbitrary.ts";

test("what fits stays, what does not is cut and says so", () => {
  expect(fitted("alice-3f1 left", 150)).toBe("alice-3f1 left");
  expect(fitted("the proxy read the end of the client's side", 150)).toBe("the proxy read the end\u2026");
  expect(fitted("W".repeat(3000), 150)).toBe(`${"W".repeat(12)}\u2026`);
  expect(fitted("\u4E2D".repeat(30), 100)).toHaveLength(7);
});

test("a line is never longer than its place, and never holds what can't be seen", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 20, max: 400 }), (text, width) => {
      const line = fitted(text, width);
      expect(line.replaceAll(/\p{M}/gu, "").length).toBeLessThanOrEqual(width / 3);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});
