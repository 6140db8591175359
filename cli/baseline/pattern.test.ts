import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./pattern.ts";

test.each([
  ["leave/fin", "leave/fin", true],
  ["leave/fin", "leave/fin[transport=native]", false],
  ["leave/fin[*]", "leave/fin[transport=native,phase=opened]", true],
  ["leave/fin[*]", "leave/fin", false],
  ["leave/*phase=hearing]", "leave/rst[transport=native,phase=hearing]", true],
  ["leave/*", "presence/quiet", false],
  ["*", "", true],
  ["a*a", "a", false],
  ["a*b*c", "abc", true],
  ["a*b*c", "acb", false],
  ["", "x", false],
])("%s on %s: %s", (pattern, id, expected) => {
  expect(matchesPattern(pattern, id)).toBe(expected);
});

test("it is what a regular expression says", () => {
  const text = fc.array(fc.constantFrom("a", "b", "*", ".", "[")).map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (pattern, id) => {
      const expression = pattern
        .split("*")
        .map((piece) => piece.replaceAll(/[.[]/g, String.raw`\$&`))
        .join(".*");
      expect(matchesPattern(pattern, id)).toBe(new RegExp(`^${expression}$`).test(id));
    }),
  );
});
