import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandCodes } from "./command.ts";
import { simulate } from "./simulate.ts";

describe("the core against the model", () => {
  it.each(["session", "person"] as const)("5,000 random histories, policy %s", (policy) => {
    let events = 0;
    fc.assert(
      fc.property(commandCodes, (codes) => {
        events += simulate(codes, policy);
      }),
      { numRuns: 5000 },
    );
    expect(events / 5000).toBeGreaterThanOrEqual(20);
  });
});
