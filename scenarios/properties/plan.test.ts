import { describe, expect, test } from "vitest";
import { parsePlan, told, type Plan } from "./plan.ts";

const alice = { name: "alice", as: "alice", transport: "usual" } as const;
const step = (does: string, waits = false, who = "alice") => ({ who, does, waits });
const asPlan = (...does: string[]) => ({ clients: [alice], steps: does.map((act) => step(act)) });

test("a plan that makes sense is read as it is", () => {
  const plan = asPlan("connect", "subscribe", "identify", "identify-anew", "fin", "connect", "fall-silent");
  expect(parsePlan(plan)).toEqual(plan);
});

describe("a plan that makes none is refused, with the place", () => {
  test.each([
    [asPlan("identify"), "steps.0: alice can't identify when it is not connected"],
    [asPlan("connect", "connect"), "steps.1: alice can't connect when it is connected"],
    [asPlan("connect", "identify", "identify"), "steps.2: alice can't identify when it is identified"],
    [asPlan("connect", "identify-anew"), "steps.1: alice can't identify-anew when it is connected"],
    [asPlan("connect", "rst", "close"), "steps.2: alice can't close when it is not connected"],
    [{ clients: [alice], steps: [step("connect", true, "dave")] }, "steps.0: there is no client dave"],
    [{ clients: [alice, alice], steps: [step("connect")] }, "clients: there are two of the name alice"],
    [asPlan("dance"), "steps.0.does: "],
    [{ clients: [], steps: [step("connect")] }, "clients: "],
    [{ clients: [alice], steps: [] }, "steps: "],
    [{ ...asPlan("connect"), seed: 5 }, "seed"],
    [null, "expected object"],
  ])("%j: %s", (plan, complaint) => {
    expect(() => parsePlan(plan)).toThrow(complaint);
  });
});

test("it is told in a line each step, with whom each is and what waits", () => {
  const plan: Plan = {
    clients: [alice, { name: "dave", as: "alice", transport: "native" }],
    steps: [
      { who: "dave", does: "connect", waits: false },
      { who: "dave", does: "identify", waits: true },
      { who: "alice", does: "connect", waits: false },
      { who: "dave", does: "rst", waits: false },
    ],
  };
  expect(told(plan)).toEqual([
    "1. dave connects natively, and at once:",
    "2. dave identifies as alice",
    "3. alice connects, and at once:",
    "4. dave loses its connection (RST)",
  ]);
});
