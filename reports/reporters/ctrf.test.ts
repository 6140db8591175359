import { validate } from "ctrf";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { ctrf } from "./ctrf.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";
import { madeHostile } from "../../testing/records/hostile.ts";
import { withFailures, withInconclusive } from "../../testing/records/sample.ts";

const errorsIn = (record: RunRecord) => validate(JSON.parse(ctrf.render(record))).errors;

test("whatever a record holds, the file is valid by the format's own schema", () => {
  for (const record of [withFailures(), withInconclusive(), madeHostile(withFailures())])
    expect(errorsIn(record)).toEqual([]);
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(errorsIn(record)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test("the schema would object", () => {
  expect(validate({ results: {} }).valid).toBe(false);
});
