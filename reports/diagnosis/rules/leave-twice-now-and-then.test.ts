import { expect, test } from "vitest";
import { caseOf } from "../../../testing/records/build.ts";
import { said, verdict } from "../../../testing/records/rules.ts";

test("a leave that comes twice now and then, and neither always nor often", () => {
  const told = (count: number, twice: number, failedAttempts = 1) =>
    Array.from({ length: count }, (_, place) => {
      const isTwice = place < twice;
      const one = verdict("LEAVE-NOT-TWICE", "no-leave-twice", !isTwice);
      return caseOf(`leave/${place}`, "", [
        { ...one, attempts: 5, failedAttempts: isTwice ? failedAttempts : 0 },
      ]);
    });
  expect(said("leave-twice-now-and-then", ...told(40, 3))).toMatch(/twice now and then/);
  expect(said("leave-twice-now-and-then", ...told(40, 1))).toBeUndefined();
  expect(said("leave-twice-now-and-then", ...told(40, 3, 5))).toBeUndefined();
  expect(said("leave-twice-now-and-then", ...told(40, 20))).toBeUndefined();
});
