import { expect, test } from "vitest";
import { casesOf, type Scenario } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";
import { scenarios } from "./index.ts";
import { everyValueIds, quickIds } from "./tiers.ts";

const cases = scenarios.flatMap(casesOf);
const quick = quickIds(scenarios);

test("the quick tier asks every scenario and every requirement that the full one does, but none with a fixed wait", () => {
  const short = cases.filter(({ scenario }) => scenario.fixedWaitMs === undefined);
  const quickCases = cases.filter(({ id }) => quick.has(id));
  const asked = (ones: typeof cases) => ({
    scenarios: new Set(ones.map(({ scenario }) => scenario.id)),
    requirements: new Set(ones.flatMap(({ checks }) => Object.keys(checks))),
  });
  expect(asked(quickCases)).toEqual(asked(short));
  expect(asked(quickCases).requirements.size).toBeGreaterThan(20);
});

test("it has every pair of transport and phase that there is, and is much smaller", () => {
  const pairs = (ids: (id: string) => boolean) =>
    new Set(
      cases
        .filter(({ id }) => ids(id))
        .flatMap(({ axes: { transport, phase } }) => (phase === undefined ? [] : [`${transport} ${phase}`])),
    );
  expect(pairs((id) => quick.has(id))).toEqual(pairs(() => true));
  expect(quick.size).toBeLessThan(cases.length / 3);
});

const scenario = (
  id: string,
  axes?: Scenario["axes"],
  impossible?: (axes: Axes) => string | undefined,
): Scenario => ({
  id,
  title: "-",
  run: () => Promise.resolve(),
  checks: {},
  ...(axes === undefined ? {} : { axes }),
  ...(impossible === undefined ? {} : { impossible }),
});

test("what one scenario has asked of a pair, others need not", () => {
  const two = { transport: ["a", "b"], phase: ["x", "y"] };
  const made = [scenario("one", two), scenario("two", two), scenario("three", { code: ["1", "2"] })];
  const pairs = [
    "one[transport=a,phase=x]",
    "two[transport=a,phase=x]",
    "three[code=1]",
    "one[transport=a,phase=y]",
    "one[transport=b,phase=x]",
    "one[transport=b,phase=y]",
  ];
  expect([...quickIds(made)]).toEqual(pairs);
  expect([...everyValueIds(made)]).toEqual([...pairs, "three[code=2]"]);
});

test("what can't be asked of a target stands for nothing, and for its scenario only where all of it can't", () => {
  const one = scenario("one", { transport: ["a", "b"] });
  expect([...quickIds([one], ({ axes }) => axes["transport"] === "b")]).toEqual(["one[transport=b]"]);
  expect([...quickIds([one], () => false)]).toEqual(["one[transport=a]"]);
});
