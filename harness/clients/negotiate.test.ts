import fc from "fast-check";
import { expect, test } from "vitest";
import { negotiate } from "./negotiate.ts";

test("either way the slower side is obeyed, and none go where one side wants none", () => {
  const period = fc.nat(999_999_999);
  fc.assert(
    fc.property(period, period, period, period, (outgoingMs, incomingMs, serverOutMs, serverInMs) => {
      const agreed = negotiate({ outgoingMs, incomingMs }, `${serverOutMs},${serverInMs}`);
      const slower = (a: number, b: number) => (a * b === 0 ? 0 : a > b ? a : b);
      expect(agreed).toEqual({
        clientHeartbeatMs: slower(outgoingMs, serverInMs),
        serverHeartbeatMs: slower(incomingMs, serverOutMs),
      });
    }),
  );
});

test.each(["", "1", "1,", "-1,1", "1.5,1", "1,1,1", " 1,1", "1e3,1", "1234567890,1"])(
  "the header %j agrees on nothing",
  (header) => {
    expect(negotiate({ outgoingMs: 1, incomingMs: 1 }, header)).toBeUndefined();
  },
);
