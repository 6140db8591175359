import fc from "fast-check";
import { expect, test } from "vitest";
import { commonPattern, matchesPattern } from "./pattern.ts";

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

test.each([
  [["leave/a[x=1,y=2]"], "leave/a[x=1,y=2]"],
  [["leave/a[x=1,y=2]", "leave/a[x=3,y=2]"], "leave/a[x=*,y=2]"],
  [["leave/a[x=1,y=2]", "leave/b[x=1,y=4]"], "leave/*[x=1*]"],
  [["leave/*[x=1*]", "leave/b[x=1,y=4]"], "leave/*[x=1*]"],
  [["leave/a[x=1,y=2]", "leave/b[x=1]"], "leave/*[x=1*]"],
  [["leave/a[x=1]", "leave/a[x=2]"], "leave/a[*]"],
  [["leave/a[*]", "leave/a[x=2]"], "leave/a[*]"],
  [["leave/a[x=1]", "leave/b"], "leave/*"],
  [["leave/*", "leave/b[x=1]"], "leave/*"],
  [["leave/a[x=1]", "leave/a[y=1]"], "leave/a[*]"],
  [["leave/a[x=1]", "store/b[x=1]"], "*[x=1]"],
  [["leave/a", "store/b"], "*"],
  [["*", "store/b[x=1]"], "*"],
])("%j have %s in common, which matches each of them", (patterns, common) => {
  expect(commonPattern(patterns)).toBe(common);
  for (const pattern of patterns) expect(matchesPattern(common, pattern.replaceAll("*", "any"))).toBe(true);
});
