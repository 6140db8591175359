import fc from "fast-check";
import { expect, test } from "vitest";
import { timelineOf } from "../../testing/records/build.ts";
import { excerpt } from "./timeline.ts";

function waits(length: number, faultAt?: number) {
  return timelineOf(
    ...Array.from({ length }, (_, place) =>
      place === faultAt
        ? ([place, { actor: "a", kind: "fault-injected", fault: "fin", ends: "visibly" }] as const)
        : ([place, { actor: "a", kind: "receipt", of: String(place) }] as const),
    ),
  );
}

test("a short timeline is shown whole", () => {
  const timeline = waits(5);
  expect(excerpt(timeline, new Set([2]), 5)).toEqual(timeline.map((event) => ({ event })));
});

test("of a long one, evidence is kept first, then faults, then what stands beside them", () => {
  const shown = (max: number) =>
    excerpt(waits(100, 50), new Set([90]), max).map((one) =>
      "event" in one ? one.event.index : -one.omitted,
    );
  expect(shown(1)).toEqual([-90, 90, -9]);
  expect(shown(2)).toEqual([-50, 50, -39, 90, -9]);
  expect(shown(10)).toEqual([-48, 48, 49, 50, 51, 52, -35, 88, 89, 90, 91, 92, -7]);
  expect(shown(12)).toEqual([0, 1, -46, 48, 49, 50, 51, 52, -35, 88, 89, 90, 91, 92, -7]);
});

test("every event is shown or counted as left out, in order", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.uniqueArray(fc.nat(80)), fc.nat(40), (length, evidence, max) => {
      let next = 0;
      let shown = 0;
      for (const stretch of excerpt(waits(length), new Set(evidence), max)) {
        if ("event" in stretch) {
          expect(stretch.event.index).toBe(next);
          next += 1;
          shown += 1;
        } else {
          expect(stretch.omitted).toBeGreaterThan(0);
          next += stretch.omitted;
        }
      }
      expect(next).toBe(length);
      expect(shown).toBe(Math.min(length, max));
    }),
  );
});
