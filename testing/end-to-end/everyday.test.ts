import { expect, test } from "vitest";
import { everydayEndings } from "../../reports/everyday/endings.ts";
import { scenarios } from "../../scenarios/index.ts";

test("each way of leaving in the table has scenarios of its own", () => {
  const known = scenarios.map(({ id }) => id);
  const listed = everydayEndings.flatMap((way) => way.scenarios);
  expect(listed.filter((id) => !known.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
