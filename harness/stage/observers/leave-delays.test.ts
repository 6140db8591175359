import { describe, expect, test } from "vitest";
import { arrives, ends, hears, profile, written } from "../../../testing/harness/written.ts";
import { LeaveDelays } from "./leave-delays.ts";

describe("the time to wait for a leave", () => {
  const patienceAfter = (...tookMs: readonly number[]) => {
    const delays = new LeaveDelays();
    for (const ms of tookMs) {
      const events = written(
        ...arrives("bob", 0),
        ...arrives("alice", 0),
        ...ends("alice", 100),
        hears("bob", "leave", "alice", 100 + ms),
      );
      for (const event of events) delays.note(event, events, profile);
    }
    return delays.patienceMs;
  };

  test("is half as long again as the latest leave took", () => {
    expect(patienceAfter(6_000)).toBe(9_000);
    expect(patienceAfter(6_000, 2_000)).toBe(9_000);
  });

  test("is nothing special while leaves are in time", () => {
    expect(patienceAfter(5, 900)).toBe(0);
  });

  test("has an end", () => {
    expect(patienceAfter(100_000)).toBe(30_000);
  });
});
