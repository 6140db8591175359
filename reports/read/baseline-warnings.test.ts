import { expect, test } from "vitest";
import { someBaseline } from "../../testing/records/grid.ts";
import { warningLines } from "./baseline-warnings.ts";

test("a requirement that is newer than the baseline is one line, whatever the number of its cases", () => {
  const newer = ["leave/a", "leave/b", "leave/c"].map((id) => ({
    case: id,
    requirement: "LEAVE-NEW",
    kind: "fail" as const,
  }));
  expect(
    warningLines({ baseline: { ...someBaseline, newer, warnings: ["an entry may be obsolete"] } }),
  ).toEqual([
    "LEAVE-NEW is newer than the baseline and failed in 3 cases: leave/a, leave/b, \u2026. `--update-baseline` makes it count.",
    "an entry may be obsolete",
  ]);
  expect(warningLines({})).toEqual([]);
});
