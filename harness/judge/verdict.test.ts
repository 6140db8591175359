import { expect, test } from "vitest";
import { fail, inconclusive, notApplicable, pass, worst } from "./verdict.ts";

test("one failure outweighs all else, what is open outweighs a pass, and a pass what does not apply", () => {
  expect(worst(["pass", "not-applicable", "fail", "inconclusive"])).toBe("fail");
  expect(worst(["not-applicable", "pass", "inconclusive"])).toBe("inconclusive");
  expect(worst(["not-applicable", "pass"])).toBe("pass");
  expect(worst(["not-applicable"])).toBe("not-applicable");
  expect(worst([])).toBe("not-applicable");
});

test("a pass rests on evidence: without any, nothing was proven", () => {
  expect(pass([3])).toEqual({ kind: "pass", evidence: [3] });
  expect(pass([])).toEqual({ kind: "inconclusive", reason: "the check examined no event" });
});

test("every other verdict says why; a failure may have no event to point at", () => {
  expect(fail("a", "b")).toEqual({ kind: "fail", expected: "a", actual: "b", evidence: [] });
  expect(inconclusive("r")).toEqual({ kind: "inconclusive", reason: "r" });
  expect(notApplicable("r")).toEqual({ kind: "not-applicable", reason: "r" });
});
