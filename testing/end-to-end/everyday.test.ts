import { expect, test } from "vitest";
import { everydayEndings } from "../../reports/everyday/endings.ts";
import { scenarios } from "../../scenarios/index.ts";

test("each everyday way of leaving is played by scenarios that exist, and none of them by two", () => {
  const known = scenarios.map(({ id }) => id);
  const listed = everydayEndings.flatMap((way) => way.scenarios);
  expect(listed.filter((id) => !known.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
