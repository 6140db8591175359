import { expect, test } from "vitest";
import type { Gate } from "../baseline/gate.ts";
import { askedIn } from "./context.ts";

const gate = (durationMs: number): Gate => ({
  file: "known.json",
  baseline: { entries: [], cases: { "leave/fin": { attempts: 1, durationMs } } },
  updates: false,
  dropsPassed: false,
});

test("shards that were split by other durations asked for something else", () => {
  const options = { out: "report", grep: "leave" };
  expect(askedIn(options, gate(1))).toBe(askedIn({ ...options, shard: { index: 2, of: 2 } }, gate(1)));
  const different = [gate(1), gate(2), undefined].map((one) => askedIn(options, one));
  expect(new Set(different).size).toBe(3);
  expect(askedIn({ out: "report" }, gate(1))).not.toBe(askedIn(options, gate(1)));
});
