import fc from "fast-check";
import { expect, test } from "vitest";
import { fail, inconclusive } from "../../harness/judge/verdict.ts";
import { neverWords } from "../html/latency-strips.tsx";
import { medianMs, scaleOf, slowestMs, stripsOf, timingOf } from "./latency.ts";
import { caseOf, checkOf, detectionsOf } from "../../testing/records/build.ts";

const of = (...detections: ReturnType<typeof detectionsOf>) =>
  stripsOf([caseOf("a/b", "", [], { detections })]);

test("a detection is too early, in time or too late, by what the checks allow for: 20 ms before, 120 after", () => {
  const timings = (window: readonly [number | null, number]) =>
    detectionsOf("fin", window, 979, 980, 1_120, 1_121).map(timingOf);
  expect(timings([1_000, 1_000])).toEqual(["too early", "in time", "in time", "too late"]);
  expect(timings([null, 1_000])).toEqual(["in time", "in time", "in time", "too late"]);
});

test("detections of one cause share a strip that knows where all their windows agree", () => {
  const [strip, ...others] = of(
    ...detectionsOf("fin", [10, 100], 40, 20),
    ...detectionsOf("fin", [30, 200], 90),
  );
  expect(others).toEqual([]);
  expect(strip).toMatchObject({ reach: { fromMs: 10, toMs: 200 }, common: { fromMs: 30, toMs: 100 } });
  expect(strip && [medianMs(strip), slowestMs(strip)]).toEqual([40, 90]);
});

test("one window without a beginning makes the strip one-sided", () => {
  const [strip] = of(...detectionsOf("fin", [10, 100], 40), ...detectionsOf("fin", [null, 90], 40));
  expect(strip?.reach).toEqual({ fromMs: null, toMs: 100 });
});

test("strips come by deadline, and what is no number is not drawn", () => {
  const strips = of(
    ...detectionsOf("slow", [0, 900], 5),
    ...detectionsOf("broken", [0, Infinity], 5),
    ...detectionsOf("broken", [0, 5], Number.NaN),
    ...detectionsOf("quick", [0, 9], 5),
  );
  expect(strips.map(({ cause }) => cause)).toEqual(["quick", "slow"]);
});

test("ends that were never told of have their place on a strip, also where none of the cause was", () => {
  const missed = [20, 900].map((latestMs) => ({
    actor: "alice",
    observer: "bob",
    cause: "close-tab",
    latestMs,
  }));
  const failed = [checkOf("LEAVE", "heard-by-all(alice)", fail("a leave", "none", [0]))];
  const open = [checkOf("LEAVE", "heard-by-all(alice)", inconclusive("the harness was late"))];
  const [strip, ...others] = stripsOf([caseOf("a/b", "", failed, { missed })]);
  expect(others).toEqual([]);
  expect(strip).toMatchObject({
    cause: "close-tab",
    detections: [],
    missed,
    reach: { fromMs: 0, toMs: 900 },
  });
  expect(strip && neverWords(strip)).toBe("never: 2 of 2");
  const seen = detectionsOf("close-tab", [0, 900], 5);
  const [both] = stripsOf([caseOf("a/b", "", failed, { missed, detections: seen })]);
  expect(both && neverWords(both)).toBe("never: 2 of 3");
  expect(stripsOf([caseOf("a/b", "", open, { missed })])).toEqual([]);
});

test("the scale grows with time, stays on the axis and has its decades on it", () => {
  const time = fc.double({ min: -10, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(time, fc.option(time), time)), time, time, (times, a, b) => {
      const { at, ticksMs } = scaleOf(
        of(...times.flatMap(([latency, from, to]) => detectionsOf("c", [from, to], latency))),
      );
      for (const place of [a, b, ...times.flat()].map((ms) => at(ms ?? 0))) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(100);
      }
      expect(at(Math.min(a, b))).toBeLessThanOrEqual(at(Math.max(a, b)));
      const places = ticksMs.map(at);
      expect(new Set(places).size).toBe(places.length);
      expect(places[0]).toBe(0);
    }),
  );
});

test("a decade is as wide as the next", () => {
  const { at, ticksMs } = scaleOf(of(...detectionsOf("c", [1, 4000], 2)));
  expect(ticksMs).toEqual([1, 10, 100, 1000, 5000]);
  expect(at(10) - at(1)).toBeCloseTo(at(1000) - at(100));
});
