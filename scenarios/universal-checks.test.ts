import { expect, test } from "vitest";
import { universalChecks } from "../harness/judge/universal-checks.ts";
import { requirements } from "./requirements.ts";

test("what every case may fail is in the catalogue", () => {
  const known = requirements.map(({ id }) => id);
  expect(Object.keys(universalChecks).filter((id) => !known.includes(id))).toEqual([]);
});
