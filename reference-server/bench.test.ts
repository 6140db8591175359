import { expect, it } from "vitest";
import { benchServer } from "./bench.ts";

it("the bench measures what it says", async () => {
  const { sessions, usedBytesPerSession, closeToNotice } = await benchServer(100, 5);
  expect(sessions).toBe(100);
  expect(usedBytesPerSession).toBeTypeOf("number");
  expect(closeToNotice.p50Ms).toBeGreaterThan(0);
  expect(closeToNotice.maxMs).toBeGreaterThanOrEqual(closeToNotice.p99Ms);
});
