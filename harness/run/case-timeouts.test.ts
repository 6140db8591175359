import { expect, test } from "vitest";
import { abortAfter, createTimeout, failureOf } from "./case-timeouts.ts";

const run = () => new AbortController();

test("a limit comes when its time is over, which may have grown meanwhile", async () => {
  const limit = createTimeout(run().signal);
  const startedMs = performance.now();
  let limitMs = 30;
  limit.start(() => limitMs);
  limitMs = 120;
  await new Promise((resolve) => limit.signal.addEventListener("abort", resolve));
  expect(performance.now() - startedMs).toBeGreaterThan(100);
});

test("it comes with the run's own end, at once where that was before, and not once it is cleared", () => {
  const whole = run();
  const [limit, cleared] = [createTimeout(whole.signal), createTimeout(whole.signal)];
  cleared.clear();
  whole.abort(new Error("interrupted"));
  expect(limit.signal.reason).toMatchObject({ message: "interrupted" });
  expect(createTimeout(whole.signal).signal.aborted).toBe(true);
  expect(cleared.signal.aborted).toBe(false);
});

test("a time that is known from the start ends by itself, or with what it is part of", async () => {
  const whole = run();
  const [soon, late] = [abortAfter(whole.signal, 20), abortAfter(whole.signal, 60_000)];
  await new Promise((resolve) => soon.addEventListener("abort", resolve));
  expect([soon.aborted, late.aborted]).toEqual([true, false]);
  whole.abort(new Error("interrupted"));
  expect(late.reason).toMatchObject({ message: "interrupted" });
});

test("trouble is what was thrown, or that the time was over; none is null", async () => {
  const never = () => new Promise<void>(() => undefined);
  const { signal } = run();
  expect(await failureOf(() => Promise.resolve(), signal)).toBeNull();
  expect(await failureOf(() => Promise.reject(new Error("no")), signal)).toBe(
    "the scenario could not go on: no",
  );
  const limit = createTimeout(signal);
  limit.start(() => 10);
  expect(await failureOf(never, limit.signal)).toContain("longer than any case needs");
  expect(await failureOf(never, AbortSignal.abort())).toContain("longer than any case needs");
});
