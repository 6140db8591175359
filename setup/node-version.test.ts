import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeProblem } from "./node-version.js";

const part = fc.nat({ max: 99 });

test("a Node is new enough exactly when its major and minor are not below what is asked", () => {
  fc.assert(
    fc.property(
      part,
      part,
      part,
      fc.integer({ min: -1, max: 1 }),
      part,
      (major, minor, patch, ahead, askedMinor) => {
        const askedMajor = Math.max(0, major + ahead);
        const problem = nodeProblem(`${major}.${minor}.${patch}`, `>=${askedMajor}.${askedMinor}`);
        expect(problem === null).toBe(major * 100 + minor >= askedMajor * 100 + askedMinor);
      },
    ),
  );
});

test("the problem names what runs, what is asked and the mend", () => {
  expect(nodeProblem("18.20.4", ">=20.19")).toBe(
    "Node 18.20.4 is too old: package.json asks for >=20.19. Install a current Node and run again.",
  );
});

test("an engines field without a number is told, not taken for a match", () => {
  expect(() => nodeProblem("20.19.0", "*")).toThrow('no version number in "*"');
});
