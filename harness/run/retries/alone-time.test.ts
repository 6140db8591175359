import { expect, test } from "vitest";
import { AloneTime } from "./alone-time.ts";

test.each([
  { beforeMs: 5_000, endsAfterMs: 30_000 },
  { beforeMs: 90_000, endsAfterMs: 90_000 },
])(
  "after $beforeMs ms of other attempts there are $endsAfterMs ms for those alone",
  ({ beforeMs, endsAfterMs }) => {
    let nowMs = 1_000;
    const time = new AloneTime(() => nowMs);
    nowMs += beforeMs;
    expect(time.isOver).toBe(false);
    time.begin();
    nowMs += endsAfterMs - 1;
    time.begin();
    expect(time.isOver).toBe(false);
    nowMs += 1;
    expect(time.isOver).toBe(true);
  },
);
