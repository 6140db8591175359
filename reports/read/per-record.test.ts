import { expect, test } from "vitest";
import { recordOf } from "../../testing/records/build.ts";
import { perRecord } from "./per-record.ts";

test("each record is read once, also where nothing is found in it", () => {
  let reads = 0;
  const read = perRecord((): string | undefined => {
    reads += 1;
    return undefined;
  });
  const [one, other] = [recordOf([]), recordOf([])];
  expect([one, one, other, one].map(read)).toEqual([undefined, undefined, undefined, undefined]);
  expect(reads).toBe(2);
});
