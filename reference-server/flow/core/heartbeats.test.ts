import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { negotiate } from "./heartbeats.ts";

const offered = { fromClientMs: 100, toClientMs: 200 };

describe("negotiate", () => {
  it("takes the slower of the two in each direction", () => {
    expect(negotiate("50,300", offered)).toEqual({ fromClientMs: 100, toClientMs: 300 });
    expect(negotiate("500,20", offered)).toEqual({ fromClientMs: 500, toClientMs: 200 });
  });

  it("leaves a direction off that one of them doesn't want", () => {
    expect(negotiate("0,50", offered)).toEqual({ fromClientMs: 0, toClientMs: 200 });
    expect(negotiate("50,0", offered)).toEqual({ fromClientMs: 100, toClientMs: 0 });
    expect(negotiate("50,50", { fromClientMs: 0, toClientMs: 0 })).toEqual({
      fromClientMs: 0,
      toClientMs: 0,
    });
  });

  it("takes a missing header for 0,0", () => {
    expect(negotiate(undefined, offered)).toEqual({ fromClientMs: 0, toClientMs: 0 });
  });

  it("takes what is longer than a day for a day", () => {
    expect(negotiate("999999999999999,86400001", offered)).toEqual({
      fromClientMs: 86_400_000,
      toClientMs: 86_400_000,
    });
  });

  it("takes nothing that isn't two whole numbers", () => {
    for (const asked of [
      "",
      "1",
      "1,",
      ",1",
      "1,2,3",
      "-1,1",
      "1.5,1",
      "1, 1",
      " 1,1",
      "1,1 ",
      "a,b",
      "1e3,1",
      "9999999999999999,1",
    ]) {
      expect(negotiate(asked, offered), asked).toBeNull();
    }
  });

  it("never agrees on less than either wants", () => {
    const ms = fc.nat(10_000);
    fc.assert(
      fc.property(ms, ms, ms, ms, (cx, cy, fromClientMs, toClientMs) => {
        const agreed = negotiate(`${cx},${cy}`, { fromClientMs, toClientMs });
        expect(agreed).toEqual({
          fromClientMs: cx * fromClientMs === 0 ? 0 : Math.max(cx, fromClientMs),
          toClientMs: cy * toClientMs === 0 ? 0 : Math.max(cy, toClientMs),
        });
      }),
    );
  });
});
