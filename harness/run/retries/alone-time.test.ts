import { expect, test } from "vitest";
import { AloneTime } from "./alone-time.ts";

test.each([
  { beforeMs: 5_000, limitMs: 20_000 },
  { beforeMs: 90_000, limitMs: 36_000 },
])(
  "after $beforeMs ms of other attempts, those alone may take $limitMs ms together",
  ({ beforeMs, limitMs }) => {
    let nowMs = 1_000;
    const time = new AloneTime(() => nowMs);
    nowMs += beforeMs;
    expect(time.isOver).toBe(false);
    time.begin();
    // Other attempts between those alone take time, too, which does not count.
    nowMs += 1_000_000;
    time.begin();
    time.spend(limitMs - 1);
    expect(time.isOver).toBe(false);
    time.spend(1);
    expect(time.isOver).toBe(true);
  },
);
